"""A small invented news world: prose as data files, and a local web server that serves it as feeds and pages."""
