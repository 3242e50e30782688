-- Stands in for Quarto where the tests render its documents with pandoc alone:
-- the part of Quarto's Lua interface that our extension uses, and its shortcodes
-- where each is a paragraph or a word of its own. Run as a Lua filter, with
--   -M extension=<path of parallel-lab.lua>

local extension = nil
local shortcodes = nil
local meta = {}

quarto = {
  log = {
    warning = function(sentence) io.stderr:write("WARNING: " .. sentence .. "\n") end,
  },
  utils = {
    resolve_path = function(name) return pandoc.path.join({ pandoc.path.directory(extension), name }) end,
  },
  doc = {
    input_file = PANDOC_STATE.input_files[1],
    -- "html:js": HTML that runs scripts; not e-mail, not EPUB.
    is_format = function(name)
      if name == "html:js" then return FORMAT:match("^html") ~= nil or FORMAT == "revealjs" end
      return FORMAT == name
    end,
  },
}

-- `name=value`, `name="a value"`, `word`.
local function arguments(text)
  local args, kwargs = pandoc.List(), setmetatable({}, { __index = function() return pandoc.Inlines({}) end })
  local rest = text
  while rest:match("%S") do
    rest = rest:gsub("^%s+", "")
    local name, after = rest:match("^([%w-]+)=()")
    local value_at = name and after or 1
    local value = rest:match('^"([^"]*)"', value_at)
    local length = value and #value + 2
    if not value then
      value = rest:match("^[^%s\"]+", value_at) or ""
      length = math.max(#value, 1)
    end
    if name then kwargs[name] = value else args:insert(value) end
    rest = rest:sub(value_at + length)
  end
  return args, kwargs
end

local function call(text, context)
  local name, rest = text:match("^{{<%s+([%w-]+)%s*(.-)%s*>}}$")
  local handler = name and shortcodes[name]
  if not handler then return nil end
  local args, kwargs = arguments(rest)
  return handler(args, kwargs, meta, rest, context)
end

local function load_extension(document)
  meta = document.meta
  extension = pandoc.utils.stringify(meta.extension)
  shortcodes = assert(loadfile(extension))()
end

-- The source's own text: typography would change it.
local function source_of(inlines)
  return pandoc.utils.stringify(inlines)
end

return {
  { Pandoc = load_extension },
  {
    Para = function(paragraph)
      return call(source_of(paragraph.content), "block")
    end,
    Inlines = function(inlines)
      local text = source_of(inlines)
      local before, code, after = text:match("^(.-)({{<.->}})(.*)$")
      if not code or (before == "" and after == "") then return nil end
      return { pandoc.Str(before), call(code, "inline"), pandoc.Str(after) }
    end,
  },
}
