package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.text.Texts;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.swing.JButton;

/** The buttons of one dialog. */
final class Buttons {

  private final Texts texts;
  private final Consumer<Choice> choose;
  private final Predicate<String> clipboard;

  /**
   * Creates buttons.
   *
   * @param clipboard takes a text and says whether it worked
   */
  Buttons(Texts texts, Consumer<Choice> choose, Predicate<String> clipboard) {
    this.texts = texts;
    this.choose = choose;
    this.clipboard = clipboard;
  }

  JButton choice(Choice choice) {
    JButton button = named(choice, key(choice));
    button.addActionListener(pressed -> choose.accept(choice));
    return button;
  }

  /** Says that it copied; then it can copy again. */
  JButton copy(Choice choice, Supplier<String> text) {
    JButton button = named(choice, key(choice));
    button.addActionListener(
        pressed -> {
          if (clipboard.test(text.get())) {
            button.setText(texts.text("button.copied"));
          }
        });
    return button;
  }

  /** Cancels or closes. Escape does the same, so it needs no letter. */
  JButton close(boolean pending) {
    JButton button = named(Choice.CLOSE, pending ? "button.cancel" : "button.close");
    button.addActionListener(pressed -> choose.accept(Choice.CLOSE));
    return button;
  }

  private JButton named(Choice choice, String key) {
    JButton button = new JButton();
    button.setName(choice.name());
    Look.label(button, texts.label(key));
    return button;
  }

  private static String key(Choice choice) {
    return "button." + choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
