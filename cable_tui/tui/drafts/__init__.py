"""The page of a draft beside the cables that it quotes."""
