package dev.latchkey.examples.cli.help;

import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * picocli's completion script for bash and zsh, with what it leaves out: the commands after "help",
 * and the values of options that are written with "=", at which bash divides the words.
 */
final class BashCompletion {

  private final CommandLine root;

  BashCompletion(CommandLine root) {
    this.root = root;
  }

  String script() {
    String program = root.getCommandName();
    return AutoComplete.bash(program, root)
        + """

        function _complete_%1$s_line() {
          local word previous="" index=0 position=0 is_help=""
          local -a line
          line=()
          case " ${COMP_WORDS[*]} " in
            *" -"*) ;;
            *"%1$s help "*) [ "${COMP_CWORD}" -gt 1 ] && is_help=yes ;;
          esac
          for word in "${COMP_WORDS[@]}"; do
            if [ "$word" = "=" ] && [ "${previous#--}" != "$previous" ]; then
              # Without a value yet, the word to complete is empty.
              [ "$index" -eq "${COMP_CWORD}" ] && line+=("")
            elif [ "$index" -ne 1 ] || [ -z "$is_help" ]; then
              line+=("$word")
            fi
            [ "$index" -eq "${COMP_CWORD}" ] && position=$((${#line[@]} - 1))
            previous=$word
            index=$((index + 1))
          done
          local -a COMP_WORDS
          local COMP_CWORD=$position
          COMP_WORDS=("${line[@]}")
          _complete_%1$s
        }
        complete -F _complete_%1$s_line -o default %1$s
        """
            .formatted(program);
  }
}
