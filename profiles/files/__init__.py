"""Everything that people upload: checked by content, kept under random names, served safely.

Another feature that takes files uses `UploadField` in its form, keeps what it gives with
`storing.kept`, and points a foreign key at `StoredFile`.
"""
