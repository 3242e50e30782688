"""urllib.request.urlopen for the site's own data files."""
