"""The commands of `hearback`; each file is imported only when one of its own is called."""
