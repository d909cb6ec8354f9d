"""publiccode.yml, the description that open source software carries: read and written.

The standard is at https://yml.publiccode.tools; we read 0.2 to 0.7 and write 0.7.
"""
