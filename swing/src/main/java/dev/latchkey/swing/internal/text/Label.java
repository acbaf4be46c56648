package dev.latchkey.swing.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * The text of a button with its mnemonic.
 *
 * @param text without the mark
 * @param mnemonic the index of the letter that is underlined; -1 for none
 */
public record Label(String text, int mnemonic) {

  /** Reads {@code Open &browser}. An ampersand before a blank is an ampersand. */
  static Label of(String marked) {
    int mark = marked.indexOf('&');
    return mark < 0 || mark + 1 >= marked.length() || !Character.isLetter(marked.charAt(mark + 1))
        ? new Label(marked, -1)
        : new Label(marked.substring(0, mark) + marked.substring(mark + 1), mark);
  }

  /** The letter that is underlined, in capitals; null for none. */
  public @Nullable Character key() {
    return mnemonic < 0 ? null : Character.toUpperCase(text.charAt(mnemonic));
  }
}
