#!/bin/sh
# Put `cable-tui` on the path, or remove it there: `install.sh install|uninstall ENVIRONMENT`, from
# the clone. By uv or pipx if one is installed: they copy it. Otherwise ~/.local/bin gets a link to
# the ENVIRONMENT of the clone.
set -eu
action=$1 environment=$2
folder=${XDG_BIN_HOME:-$HOME/.local/bin}
link=$folder/cable-tui
program=$PWD/$environment/bin/cable-tui

has() { command -v "$1" >/dev/null 2>&1; }
linked() { [ -L "$link" ] && [ "$(readlink "$link")" = "$program" ]; }
used_uv() { has uv && uv tool list 2>/dev/null | grep -q '^cable-tui '; }
used_pipx() { has pipx && pipx list --short 2>/dev/null | grep -q '^cable-tui '; }

case $action in
install)
    if has uv; then
        uv tool install --force --reinstall .
        folder=$(uv tool dir --bin)
        how="uv has installed it; after 'git pull', run 'make install' again."
    elif has pipx; then
        pipx install --force .
        folder=$(pipx environment --value PIPX_BIN_DIR)
        how="pipx has installed it; after 'git pull', run 'make install' again."
    else
        if ! linked && { [ -e "$link" ] || [ -L "$link" ]; }; then
            echo "$link: this is not a link to this clone. Remove it, then run 'make install' again." >&2
            exit 1
        fi
        mkdir -p "$folder"
        ln -sf "$program" "$link"
        how="It is a link to this clone, so keep the clone. 'make uninstall' removes the link."
    fi
    echo "cable-tui is in $folder. $how"
    case :$PATH: in
    *:"$folder":*) echo "Open your cables: cable-tui ~/cables" ;;
    *)
        echo "$folder is not on your path. Add this line to ~/.profile (zsh: ~/.zprofile), then log in again:"
        echo "    export PATH=\"$folder:\$PATH\""
        echo "Until then: $folder/cable-tui ~/cables"
        ;;
    esac
    ;;
uninstall)
    removed=
    if used_uv; then uv tool uninstall cable-tui; removed=yes; fi
    if used_pipx; then pipx uninstall cable-tui; removed=yes; fi
    if linked; then
        rm "$link"
        echo "Removed $link."
        removed=yes
    fi
    [ "$removed" ] || echo "cable-tui was not installed by 'make install'; nothing was removed."
    echo "Bookmarks, settings and caches stay; '$environment/bin/cable-tui forget --everything' removes them."
    ;;
*)
    echo "install.sh: install or uninstall is needed." >&2
    exit 2
    ;;
esac
