"""Where official questions come from.

The words of the census and of the standards are Crown copyright, used under the Open Government
Licence v3.0.
"""

CENSUS = "Office for National Statistics, Census 2021 for England and Wales"
CENSUS_DAY = "21 March 2021"
HARMONISED = "Government Statistical Service, harmonised standard"
REFUSAL = "“Prefer not to say” is added."
