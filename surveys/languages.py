"""What languages are called by those who speak them."""

# The main languages of people in the United Kingdom, after the censuses of 2021 and 2022.
_NAMES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "cy": "Cymraeg",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ga": "Gaeilge",
    "gd": "Gàidhlig",
    "gu": "ગુજરાતી",
    "it": "Italiano",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


def language_name(code: str) -> str:
    """The language's own name where we know it, else its code."""
    return _NAMES.get(code, code)
