-- Puts a lab into a Quarto document or deck (docs/slides.md):
--
--   {{< parallel-lab race members=1000 executors=serial,thread height=600 >}}
--
-- where the document's YAML, or the project's, says where the lab is hosted:
--
--   parallel-lab:
--     url: https://your.host/parallel-lab/
--
-- HTML pages and Reveal.js decks get a frame; other formats a picture with a
-- link. What the lab is set to is its URL (docs/embed.md), which it checks
-- itself: here it is checked too, so that a slip is told while rendering. It is
-- handed on all the same, for the lab may be newer than this file.

local DEFAULT_HEIGHT = "600"

-- Threads, where the page around the frame may hand them on; the clipboard.
local ALLOW = "cross-origin-isolated; clipboard-write"

-- The labs with their settings, as the lab itself declares them: generated.
local CONTRACT = dofile(quarto.utils.resolve_path("contract.lua"))

-- What is said of the frame, and not to the lab.
local OWN = { "url", "link", "width", "height", "title" }

---------------------------------------------------------------- the contract

-- tonumber() takes more than the contract does: hexadecimals, spaces.
local function real_number(text)
  local mantissa, exponent = text:match("^[+-]?([%d.]+)(.*)$")
  if not mantissa or not (mantissa:match("^%d+%.?%d*$") or mantissa:match("^%.%d+$")) then return nil end
  if exponent ~= "" and not exponent:match("^[eE][+-]?%d+$") then return nil end
  return tonumber(text)
end

local function between(number, min, max)
  return number ~= nil and number >= min and number <= max
end

local function contains(list, word)
  for _, item in ipairs(list) do
    if item == word then return true end
  end
  return false
end

local function is_whole(rule, text)
  return text:match("^[+-]?%d+$") ~= nil and between(tonumber(text), rule.least, rule.most)
end

local function is_real(rule, text)
  return between(real_number(text), rule.least, rule.most)
end

-- What each kind of setting takes.
local FITS = {
  whole = is_whole,
  auto_or_whole = function(rule, text) return text == "auto" or is_whole(rule, text) end,
  real = is_real,
  quotient = function(rule, text)
    local above, below = text:match("^([^/]+)/([^/]+)$")
    if not above then return is_real(rule, text) end
    local a, b = real_number(above), real_number(below)
    return a ~= nil and b ~= nil and b ~= 0 and between(a / b, rule.least, rule.most)
  end,
  choice = function(rule, text) return contains(rule.words, text) end,
  subset = function(rule, text)
    for item in (text .. ","):gmatch("([^,]*),") do
      if not contains(rule.words, item) then return false end
    end
    return true
  end,
  text = function(rule, text) return (utf8.len(text) or math.huge) <= rule.most_chars end,
}

local function lab_of(name)
  for _, lab in ipairs(CONTRACT.labs) do
    if lab.name == name then return lab end
  end
  return nil
end

-- The lab that settings speak of, be it named or not.
local function wanted_lab(settings)
  return lab_of(settings.lab or CONTRACT.usual) or lab_of(CONTRACT.usual)
end

local function rule_of(lab, name)
  for _, rule in ipairs(lab.settings) do
    if rule.name == name then return rule end
  end
  return nil
end

-- Another lab's setting is no slip: a link may lead from lab to lab.
local function is_known(name)
  for _, lab in ipairs(CONTRACT.labs) do
    if rule_of(lab, name) then return true end
  end
  return name == "lab"
end

local function lab_names()
  local names = {}
  for _, lab in ipairs(CONTRACT.labs) do names[#names + 1] = lab.name end
  return names
end

------------------------------------------------------------------- addresses

-- As the lab itself writes them.
local function encoded(text)
  return (text:gsub("[^%w.,%-+/_~]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

local function decoded(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- A folder ends in a slash, so that relative files are found below it.
local function base_of(url)
  local base = url:gsub("[?#].*$", "")
  if base:match("/$") or base:match("%.html$") then return base end
  return base .. "/"
end

local function query_of(flags, settings)
  local pieces = {}
  for _, flag in ipairs(flags) do pieces[#pieces + 1] = encoded(flag) end
  for _, setting in ipairs(settings) do
    pieces[#pieces + 1] = encoded(setting[1]) .. "=" .. encoded(setting[2])
  end
  return table.concat(pieces, "&")
end

-- A long script stands behind "#", as the lab's own links have it: servers may refuse long addresses.
local LONG_CHARS = 2000

local function address(base, query)
  if query == "" then return base end
  if #query <= LONG_CHARS then return base .. "?" .. query end
  local rest, hash = {}, ""
  for piece in query:gmatch("[^&]+") do
    if piece:match("^code=") then hash = "#" .. piece else rest[#rest + 1] = piece end
  end
  return base .. "?" .. table.concat(rest, "&") .. hash
end

------------------------------------------------------------ what was written

local function warn(sentence)
  quarto.log.warning("parallel-lab: " .. sentence)
end

local function stringified(value)
  if value == nil then return "" end
  if type(value) == "string" then return value end
  return pandoc.utils.stringify(value)
end

-- Quarto hands quotes on in some places.
local function unquoted(text)
  return text:match('^"(.*)"$') or text:match("^'(.*)'$") or text
end

local function unknown(lab, name)
  local names = { "lab" }
  for _, rule in ipairs(lab.settings) do names[#names + 1] = rule.name end
  for _, word in ipairs(CONTRACT.flags) do names[#names + 1] = word end
  for _, word in ipairs(OWN) do names[#names + 1] = word end
  warn(string.format("%s: there is no such setting; known are %s. It is handed on to the lab, which ignores what it does not know.",
    name, table.concat(names, ", ")))
end

local function told(name, text, allowed)
  warn(string.format("%s: “%s” was given; allowed is %s. The lab will say what it uses instead.", name, text, allowed))
end

local function check(lab, name, text)
  local rule = rule_of(lab, name)
  if name == "lab" then
    if not lab_of(text) then told(name, text, table.concat(lab_names(), ", ")) end
  elseif rule then
    if not FITS[rule.kind](rule, text) then told(name, text, rule.allowed) end
  elseif not is_known(name) then
    unknown(lab, name)
  end
end

-- A link that "Copy link" has made: all that it says.
local function take_link(link, wanted)
  wanted.url = link
  local query = (link:match("%?([^#]*)") or "") .. "&" .. (link:match("#(code=.*)$") or "")
  for piece in query:gmatch("[^&]+") do
    local name, value = piece:match("^([^=]*)=(.*)$")
    name, value = decoded(name or piece), decoded(value or "")
    if contains(CONTRACT.flags, name) then
      wanted.flags[#wanted.flags + 1] = name
    elseif name ~= "embed" then
      wanted.settings[name] = value
    end
  end
end

local function read(args, kwargs, meta)
  local wanted = { url = "", settings = {}, flags = {}, own = {} }
  local given = {}
  for name, value in pairs(kwargs) do given[name] = unquoted(stringified(value)) end
  local in_yaml = meta["parallel-lab"]
  if type(in_yaml) == "table" and in_yaml.url ~= nil then wanted.url = stringified(in_yaml.url) end
  if given.link and given.link ~= "" then take_link(given.link, wanted) end
  if given.url and given.url ~= "" then wanted.url = given.url end
  for name, text in pairs(given) do
    if contains(OWN, name) then wanted.own[name] = text else wanted.settings[name] = text end
  end
  for _, arg in ipairs(args) do
    local word = unquoted(stringified(arg))
    if lab_of(word) then
      wanted.settings.lab = word
    elseif contains(CONTRACT.flags, word) then
      wanted.flags[#wanted.flags + 1] = word
    elseif word == "credentialless" then
      wanted.own[word] = true
    elseif word ~= "embed" then
      warn(string.format("%s: there is no such lab and no such flag; labs are %s, flags are %s. It is left out.",
        word, table.concat(lab_names(), ", "), table.concat(CONTRACT.flags, ", ")))
    end
  end
  return wanted
end

-- In the contract's order, then what is not in it, by name.
local function in_order(lab, settings)
  local ordered, others = {}, {}
  -- The usual lab is what an address means by itself.
  if settings.lab ~= nil and settings.lab ~= CONTRACT.usual then ordered[1] = { "lab", settings.lab } end
  for _, rule in ipairs(lab.settings) do
    local text = settings[rule.name]
    if text ~= nil then ordered[#ordered + 1] = { rule.name, text } end
  end
  for name in pairs(settings) do
    if name ~= "lab" and not rule_of(lab, name) then others[#others + 1] = name end
  end
  table.sort(others)
  for _, name in ipairs(others) do ordered[#ordered + 1] = { name, settings[name] } end
  return ordered
end

-- A length that ends no attribute; percent for widths only.
local function length(own, name, default)
  local text = own[name]
  if text == nil or text == "" then return default end
  local pixels = text:match("^(%d+)p?x?$")
  if pixels then return pixels end
  if name == "width" and text:match("^%d+%%$") then return text end
  local also = name == "width" and ", or per cent" or ""
  warn(string.format("%s: “%s” was given; allowed is a whole number of CSS pixels%s; used: %s.", name, text, also, default))
  return default
end

---------------------------------------------------------------- what is made

local function escaped(text)
  local names = { ["&"] = "&amp;", ['"'] = "&quot;", ["<"] = "&lt;", [">"] = "&gt;" }
  return (text:gsub('[&"<>]', names))
end

local function frame(wanted, title, source)
  -- Reveal.js loads `data-src` when the slide is shown, unloads it when it is
  -- left, and says `slide:start` when it has loaded: the lab then hands on keys.
  local is_deck = quarto.doc.is_format("revealjs")
  -- Other pages load it when it comes near. Neither may be copied into the
  -- page by `embed-resources`: a lab is more than its first file.
  return string.format(
    '<iframe class="parallel-lab" %s="%s" title="%s" width="%s" height="%s" allow="%s"%s%s data-external="1" style="border: 0"></iframe>',
    is_deck and "data-src" or "src",
    escaped(source),
    escaped(title),
    length(wanted.own, "width", "100%"),
    length(wanted.own, "height", DEFAULT_HEIGHT),
    ALLOW,
    is_deck and "" or ' loading="lazy"',
    wanted.own.credentialless and " credentialless" or ""
  )
end

-- Relative to the document: Typst reads no file outside of its root.
local function picture_path(lab)
  local path = quarto.utils.resolve_path((lab.needs_python and "python" or "race") .. ".png")
  local document = quarto.doc.input_file
  if document and pandoc.path.is_absolute(path) and pandoc.path.is_absolute(document) then
    return pandoc.path.make_relative(path, pandoc.path.directory(document), true)
  end
  return path
end

local function picture(lab, title, target)
  local image = pandoc.Image({ pandoc.Str(title) }, picture_path(lab), "", { width = "100%" })
  return pandoc.Link({ image }, target)
end

local function missing_url(context)
  local sentence = "parallel-lab: url is missing. Say in the document's YAML where the lab is hosted: parallel-lab: url: https://…"
  quarto.log.warning(sentence)
  if context == "text" then return "" end
  local told = pandoc.Strong({ pandoc.Str(sentence) })
  return context == "inline" and told or pandoc.Para({ told })
end

local function parallel_lab(args, kwargs, meta, _, context)
  local wanted = read(args, kwargs, meta)
  if wanted.url == "" then return missing_url(context) end
  local lab = wanted_lab(wanted.settings)
  local settings = in_order(lab, wanted.settings)
  for _, setting in ipairs(settings) do check(lab, setting[1], setting[2]) end

  local title = wanted.own.title or lab.title
  local base = base_of(wanted.url)
  local flags = pandoc.List({ "embed" })
  flags:extend(wanted.flags)
  local source = address(base, query_of(flags, settings))
  if context == "text" then return source end
  if quarto.doc.is_format("html:js") then
    local html = frame(wanted, title, source)
    return context == "inline" and pandoc.RawInline("html", html) or pandoc.RawBlock("html", html)
  end

  -- Whoever comes by the link sees the whole page.
  local target = address(base, query_of(wanted.flags, settings))
  local linked = picture(lab, title, target)
  if context == "inline" then return linked end
  -- Paper has no links: the address is printed too.
  return pandoc.Blocks({
    pandoc.Para({ linked }),
    pandoc.Para({ pandoc.Emph({ pandoc.Str("Run it yourself: "), pandoc.Link({ pandoc.Str(target) }, target) }) }),
  })
end

return { ["parallel-lab"] = parallel_lab }
