"""XLSForm workbooks read into questionnaires, and questionnaires written as XLSForm."""

from surveys.xlsform.reading import read_xlsform
from surveys.xlsform.writing import Written, write_xlsform

__all__ = ["Written", "read_xlsform", "write_xlsform"]
