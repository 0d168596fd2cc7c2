"""The main screen: it renders sessions and runs effects."""
