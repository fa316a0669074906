"""Staff accounts: who may do what, signing in, and staying signed in."""
