"""What opens over the room: menus, prompts, pickers, help, pages."""
