"""Every question's figures as files: a workbook of tables, and a document with charts and words."""
