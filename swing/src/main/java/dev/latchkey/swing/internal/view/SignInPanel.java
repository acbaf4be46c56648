package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.flow.Heading;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.text.Texts;
import java.awt.BorderLayout;
import java.awt.ComponentOrientation;
import java.awt.FlowLayout;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import org.jspecify.annotations.Nullable;

/** The content of the dialog. It needs no window. */
public final class SignInPanel {

  private final Texts texts;
  private final Buttons buttons;
  private final JPanel content = new JPanel(new BorderLayout());
  private final JScrollPane scroll =
      new JScrollPane(
          ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
          ScrollPaneConstants.HORIZONTAL_SCROLLBAR_AS_NEEDED);
  private final JPanel row = new JPanel(new FlowLayout(FlowLayout.TRAILING, Look.em() / 2, 0));
  private @Nullable PhasePage page;
  private @Nullable Heading heading;

  /**
   * Creates an empty panel.
   *
   * @param clipboard takes a text and says whether it worked
   */
  public SignInPanel(Texts texts, Consumer<Choice> choose, Predicate<String> clipboard) {
    this.texts = texts;
    this.buttons = new Buttons(texts, choose, clipboard);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.setViewportBorder(null);
    content.add(scroll, BorderLayout.CENTER);
    row.setBorder(BorderFactory.createEmptyBorder(0, Look.em() / 2, Look.em(), Look.em() / 2));
    content.add(row, BorderLayout.PAGE_END);
  }

  /** The component to put into a window. */
  public JComponent component() {
    return content;
  }

  /**
   * Shows a phase.
   *
   * @return whether another page came, which has other buttons
   */
  public boolean show(Heading newHeading, Phase phase) {
    if (page != null && newHeading.equals(heading) && page.update(phase)) {
      return false;
    }
    heading = newHeading;
    String above = above(newHeading);
    page =
        phase instanceof Phase.Code code
            ? new CodePage(code, above, texts, buttons)
            : new MessagePage(phase, above, texts, buttons);
    JPanel body = new JPanel(new BorderLayout());
    body.setBorder(Look.margin(1));
    body.add(page.body(), BorderLayout.CENTER);
    scroll.setViewportView(body);
    row.removeAll();
    page.buttons().forEach(row::add);
    content.applyComponentOrientation(ComponentOrientation.getOrientation(texts.locale()));
    page.leftToRight().forEach(Look::leftToRight);
    firstButton().getAccessibleContext().setAccessibleDescription(page.spoken());
    return true;
  }

  private String above(Heading shown) {
    String reason = shown.reason() == null ? "" : texts.text("reason." + shown.reason().name());
    String account = shown.account() == null ? "" : texts.text("heading.account", shown.account());
    return (reason + "\n" + account).strip();
  }

  /** The button that Enter presses; null for none. */
  public @Nullable JButton defaultButton() {
    return page == null ? null : page.defaultButton();
  }

  /** The button that has the focus when the page comes, and with which the page is read out. */
  public JButton firstButton() {
    JButton first = defaultButton();
    return first == null ? Objects.requireNonNull(page).buttons().get(0) : first;
  }

  /** What is read out when the page comes. */
  public String spoken() {
    return page == null ? "" : page.spoken();
  }
}
