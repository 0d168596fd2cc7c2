"""The commands of the room: their keys, their effects and their texts."""
