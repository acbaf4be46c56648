package dev.latchkey.swing.internal.view;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignInProgress;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.text.Texts;
import java.awt.BorderLayout;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingConstants;
import org.jspecify.annotations.Nullable;

/** The code, the address, and how to get the one to the other. */
final class CodePage implements PhasePage {

  private final Texts texts;
  private final DeviceAuthorization shown;
  private final JPanel body = new JPanel(new BorderLayout(Look.em(), 0));
  private final JTextArea status = Look.paragraph("");
  private final JTextArea notOpened;
  private final JTextArea blocked;
  private final JPanel browserRow = new JPanel(new BorderLayout());
  private final JTextField code;
  private final JTextField address;
  private final JButton open;
  private final JButton cancel;
  private final String spoken;

  CodePage(Phase.Code phase, String heading, Texts texts, Buttons buttons) {
    this.texts = texts;
    this.shown = phase.shown();
    String uri = shown.verificationUri().toString();
    String message = shown.message();
    String instructions =
        message == null || message.isBlank() ? texts.text("code.instructions") : message;
    code = Look.code(shown.userCode(), texts.text("code.name"));
    address = Look.field(uri, texts.text("code.address"));
    open = buttons.choice(Choice.OPEN_PAGE);
    cancel = buttons.close(true);
    notOpened = Look.paragraph(texts.text("not-opened"));
    blocked = Look.paragraph(texts.text("code.blocked"));
    String warning = texts.text("code.this-screen");
    spoken =
        String.join(
            " ", heading, instructions, uri, texts.text("code.name"), shown.userCode(), warning);

    JPanel column = Column.of(30);
    Column.add(column, heading);
    column.add(Look.paragraph(instructions));
    column.add(row(address, open));
    column.add(row(code, buttons.copy(Choice.COPY_CODE, shown::userCode)));
    column.add(notOpened);
    column.add(Look.paragraph(warning));
    column.add(status);
    column.add(blocked);
    browserRow.add(buttons.choice(Choice.BROWSER), BorderLayout.LINE_START);
    column.add(browserRow);
    body.add(column, BorderLayout.CENTER);
    JLabel qr = qr(phase.address().toString());
    if (qr != null) {
      body.add(qr, BorderLayout.LINE_END);
    }
    update(phase);
  }

  private static JPanel row(JTextField field, JButton button) {
    JPanel row = new JPanel(new BorderLayout(Look.em() / 2, 0));
    row.add(field, BorderLayout.CENTER);
    row.add(button, BorderLayout.LINE_END);
    return row;
  }

  private @Nullable JLabel qr(String uri) {
    QrIcon icon = QrIcon.of(uri, Math.max(2, Math.round(Look.em() / 4f)));
    if (icon == null) {
      return null;
    }
    JLabel label = new JLabel(icon);
    label.setVerticalAlignment(SwingConstants.TOP);
    label.getAccessibleContext().setAccessibleName(texts.text("code.qr"));
    label.getAccessibleContext().setAccessibleDescription(uri);
    return label;
  }

  @Override
  public boolean update(Phase phase) {
    if (!(phase instanceof Phase.Code now) || !now.shown().equals(shown)) {
      return false;
    }
    String key = key(now.progress());
    String remedy = now.progress() == null ? null : now.progress().remedy();
    status.setText(texts.text(key, texts.clock(now.left())) + (remedy == null ? "" : " " + remedy));
    // Read out once a minute, not once a second.
    status.getAccessibleContext().setAccessibleName(texts.text(key, texts.spoken(now.left())));
    notOpened.setVisible(Boolean.FALSE.equals(now.opened()));
    blocked.setVisible(now.offersBrowser());
    browserRow.setVisible(now.offersBrowser());
    return true;
  }

  private static String key(@Nullable SignInProgress progress) {
    if (progress == null) {
      return "code.waiting";
    }
    return switch (progress.state()) {
      case WAITING, SLOWED_DOWN -> "code.waiting";
      case NO_CONNECTION -> "code.no-connection";
      case SERVER_BUSY -> "code.server-busy";
      case UNREADABLE -> "code.unreadable";
    };
  }

  @Override
  public JComponent body() {
    return body;
  }

  @Override
  public List<JButton> buttons() {
    return List.of(cancel);
  }

  @Override
  public JButton defaultButton() {
    return open;
  }

  @Override
  public String spoken() {
    return spoken;
  }

  @Override
  public List<JComponent> leftToRight() {
    return List.of(code, address);
  }
}
