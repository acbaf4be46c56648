package dev.latchkey.examples.desktop.view;

import dev.latchkey.Account;
import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.work.DeskWork;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JPanel;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/** The window. It shows states of {@link DeskWork}. For the event thread only. */
public final class DeskWindow {

  private static final String SIGN_IN = "sign-in";
  private static final String WORK = "work";

  private final DeskWork work;
  private final JFrame frame = new JFrame("Latchkey desktop");
  private final CardLayout cards = new CardLayout();
  private final JPanel middle = new JPanel(cards);
  private final JTabbedPane tabs = new JTabbedPane();
  private final List<Pane> panes = new ArrayList<>();
  private final JLabel notice = Ems.label(" ");
  private final JLabel person = Ems.label("");
  private final SignInPage signIn;
  private String card = "";

  /**
   * What the window needs besides its work.
   *
   * @param choice asks for local files
   * @param banner a word about the servers, above everything; null for none
   * @param endSession ends the session at the server; null where nobody can
   * @param signIn begins a first sign-in
   * @param closing is called once the person closes the window
   */
  public record Setup(
      Theme theme,
      FileChoice choice,
      JMenu accounts,
      @Nullable String banner,
      @Nullable Runnable endSession,
      Runnable signIn,
      Runnable closing) {}

  /** Creates a window that is not visible yet. */
  public DeskWindow(DeskWork work, Setup setup) {
    this.work = work;
    this.signIn = new SignInPage(setup.signIn());
    FilesPane files = new FilesPane(work, setup.choice());
    add("Files", KeyEvent.VK_1, files);
    add("Tasks", KeyEvent.VK_2, new TasksPane(work));
    add("Channel", KeyEvent.VK_3, new ChannelPane(work));
    add("Mail", KeyEvent.VK_4, new MailPane(work));
    add("Developer", KeyEvent.VK_5, new DeveloperPane(work, setup.endSession()));
    tabs.setName("tabs");
    tabs.setTabLayoutPolicy(JTabbedPane.SCROLL_TAB_LAYOUT);
    tabs.addChangeListener(e -> readIfBlank());
    middle.add(signIn.component(), SIGN_IN);
    middle.add(tabs, WORK);

    JPanel content = new JPanel(new BorderLayout());
    if (setup.banner() != null) {
      content.add(banner(setup.banner()), BorderLayout.PAGE_START);
    }
    content.add(middle, BorderLayout.CENTER);
    content.add(statusBar(), BorderLayout.PAGE_END);
    frame.setContentPane(content);
    frame.setJMenuBar(
        new Menus(setup.theme(), this::limit)
            .bar(files, this::refresh, setup.closing(), setup.accounts()));
    frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent e) {
            setup.closing().run();
          }
        });
    show(work.state());
    work.onChange(this::show);
  }

  private void add(String title, int key, Pane pane) {
    panes.add(pane);
    tabs.addTab(title, pane.component());
    tabs.setMnemonicAt(tabs.getTabCount() - 1, key); // Alt and its number
  }

  private static JPanel banner(String text) {
    JTextArea words = Ems.paragraph(text, "banner");
    JPanel around = new JPanel(new BorderLayout());
    around.setBorder(Ems.margin(0.6, 0.9));
    around.add(words, BorderLayout.CENTER);
    return around;
  }

  private JPanel statusBar() {
    JPanel bar = new JPanel(new BorderLayout(Ems.of(1), 0));
    notice.setName("notice");
    person.setName("person");
    bar.setBorder(Ems.margin(0.4, 0.9));
    bar.add(notice, BorderLayout.CENTER);
    bar.add(person, BorderLayout.LINE_END);
    return bar;
  }

  /** The frame, which owns the dialogs. */
  public JFrame frame() {
    return frame;
  }

  /** Makes the window visible. */
  public void open() {
    frame.setSize(Ems.size(66, 46));
    limit();
    frame.setLocationRelativeTo(null);
    frame.setVisible(true);
  }

  /** Never smaller than its content needs, and never larger than the screen. */
  private void limit() {
    Rectangle screen = frame.getGraphicsConfiguration().getBounds();
    Dimension least = Ems.size(34, 28);
    frame.setMinimumSize(
        new Dimension(Math.min(least.width, screen.width), Math.min(least.height, screen.height)));
    frame.setSize(
        Math.min(frame.getWidth(), screen.width), Math.min(frame.getHeight(), screen.height));
  }

  private void refresh() {
    if (work.state().account() != null) {
      panes.get(tabs.getSelectedIndex()).refresh();
    }
  }

  private void readIfBlank() {
    Pane pane = panes.get(tabs.getSelectedIndex());
    if (work.state().account() != null && pane.isBlank(work.state())) {
      pane.refresh();
    }
  }

  private void show(DeskState state) {
    panes.forEach(pane -> pane.show(state));
    Account account = state.account();
    person.setText(account == null ? "" : name(account));
    String says = state.signingIn() ? "Waiting for you to sign in again…" : state.notice();
    notice.setText(says.isEmpty() ? " " : says);
    String wanted = account == null ? SIGN_IN : WORK;
    if (!wanted.equals(card)) {
      card = wanted;
      cards.show(middle, card);
      frame.getRootPane().setDefaultButton(account == null ? signIn.button() : null);
    }
    EventQueue.invokeLater(this::readIfBlank); // the account may be another one
  }

  private static String name(Account account) {
    String name = account.username() == null ? account.name() : account.username();
    return name == null ? account.id() : name;
  }
}
