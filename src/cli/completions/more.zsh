
# Refs, people and tags come from the workspace; the rest is above.
_prewire_and_words() {
    local -a found
    found=("${(@f)$(prewire __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    _prewire "$@"
    [[ -n "$found[1]" ]] && compadd -S '' -a found
}
compdef _prewire_and_words prewire
