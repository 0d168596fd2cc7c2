"""The dialogs that cover the room: menus, prompts, pickers, help, text pages."""
