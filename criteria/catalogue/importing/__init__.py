"""How a catalogue gets in and out: files are read into entries, compared, applied, exported.

file ─▶ reading (dump, tables) ─▶ entries ─▶ differences ─▶ applying ─▶ a new version
"""
