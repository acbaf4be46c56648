package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.flow.Heading;
import dev.latchkey.swing.internal.flow.Screen;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.text.Texts;
import java.awt.Component;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsConfiguration;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/** The dialog's window. Lives on the event thread. */
public final class SignInWindow implements Screen {

  private final @Nullable Component owner;
  private final JDialog dialog;
  private final SignInPanel panel;

  /** Creates a window that is not visible yet. */
  public SignInWindow(
      @Nullable Component owner, String title, Texts texts, Consumer<Choice> choose) {
    this.owner = owner;
    dialog = new JDialog(windowOf(owner), title, Dialog.ModalityType.DOCUMENT_MODAL);
    panel = new SignInPanel(texts, choose, SignInWindow::copy);
    dialog.setContentPane(panel.component());
    dialog.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    dialog.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent e) {
            choose.accept(Choice.CLOSE);
          }

          @Override
          public void windowClosed(WindowEvent e) { // also with its owner
            choose.accept(Choice.CLOSE);
          }
        });
    dialog
        .getRootPane()
        .registerKeyboardAction(
            (ActionEvent e) -> choose.accept(Choice.CLOSE),
            KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
            JComponent.WHEN_IN_FOCUSED_WINDOW);
  }

  /** The frame or dialog around a component: no other window may own a dialog. */
  public static @Nullable Window windowOf(@Nullable Component owner) {
    Window window =
        owner == null || owner instanceof Window
            ? (Window) owner
            : SwingUtilities.getWindowAncestor(owner);
    while (window != null && !(window instanceof Frame) && !(window instanceof Dialog)) {
      window = window.getOwner();
    }
    return window;
  }

  private static boolean copy(String text) {
    try {
      Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
      return true;
    } catch (IllegalStateException e) { // another program has it at the moment
      return false;
    }
  }

  /** Makes the window visible. Returns when it has gone; events go on meanwhile. */
  public void open() {
    fit();
    dialog.setLocationRelativeTo(owner);
    dialog.setVisible(true);
  }

  /** Brings the window before the others. */
  public void raise() {
    dialog.toFront();
  }

  @Override
  public void show(Heading heading, Phase phase) {
    boolean another = panel.show(heading, phase);
    if (another) {
      dialog.getRootPane().setDefaultButton(panel.defaultButton());
      dialog.getAccessibleContext().setAccessibleDescription(panel.spoken());
      panel.firstButton().requestFocusInWindow();
    }
    Dimension wanted = dialog.getContentPane().getPreferredSize();
    Dimension now = dialog.getContentPane().getSize();
    if (dialog.isVisible() && (another || wanted.height > now.height)) {
      fit();
    }
  }

  /** As large as its content, but never larger than the screen: then it scrolls. */
  private void fit() {
    dialog.pack();
    GraphicsConfiguration screen = dialog.getGraphicsConfiguration();
    Rectangle bounds = screen.getBounds();
    Insets taken = dialog.getToolkit().getScreenInsets(screen);
    Dimension size = dialog.getSize();
    int width = Math.min(size.width, bounds.width - taken.left - taken.right);
    int height = Math.min(size.height, bounds.height - taken.top - taken.bottom);
    if (width < size.width || height < size.height) {
      int bar = Look.em() * 2; // a scroll bar beside the text
      dialog.setSize(Math.min(width + bar, bounds.width), height);
    }
    keepOn(bounds);
  }

  private void keepOn(Rectangle screen) {
    int x = Math.min(dialog.getX(), screen.x + screen.width - dialog.getWidth());
    int y = Math.min(dialog.getY(), screen.y + screen.height - dialog.getHeight());
    dialog.setLocation(Math.max(x, screen.x), Math.max(y, screen.y));
  }

  @Override
  public void close() {
    dialog.dispose();
  }
}
