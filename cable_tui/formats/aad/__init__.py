"""What the Access to Archival Databases (AAD) of the National Archives says of a telegram."""
