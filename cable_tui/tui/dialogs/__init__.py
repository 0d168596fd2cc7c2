"""The dialogs over the room: menus, prompts, pickers, help, pages."""
