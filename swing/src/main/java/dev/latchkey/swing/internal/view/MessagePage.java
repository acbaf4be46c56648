package dev.latchkey.swing.internal.view;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.state.Problem;
import dev.latchkey.swing.internal.state.Way;
import dev.latchkey.swing.internal.text.Details;
import dev.latchkey.swing.internal.text.Texts;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import org.jspecify.annotations.Nullable;

/** A sentence or two, perhaps with details, and what can be done. */
final class MessagePage implements PhasePage {

  private static final int DETAIL_ROWS = 6;

  private final Texts texts;
  private final Buttons buttons;
  private final JPanel body = Column.of(34);
  private final List<JButton> row = new ArrayList<>();
  private final List<JComponent> leftToRight = new ArrayList<>();
  private final JTextArea message = Look.paragraph("");
  private final String spoken;
  private final boolean pending;
  private Phase phase;

  MessagePage(Phase phase, String heading, Texts texts, Buttons buttons) {
    this.texts = texts;
    this.buttons = buttons;
    this.phase = phase;
    this.pending = !(phase instanceof Phase.Stopped || phase instanceof Phase.SignedIn);
    String shownHeading = phase instanceof Phase.SignedIn ? "" : heading;
    Column.add(body, shownHeading);
    message.setText(message(phase));
    body.add(message);
    fill(phase);
    spoken = (shownHeading + " " + message(phase)).strip();
  }

  private void fill(Phase shown) {
    if (shown instanceof Phase.Stopped stopped) {
      stopped(stopped.problem());
    } else if (shown instanceof Phase.SignedIn) {
      row.add(buttons.close(false));
    } else {
      if (shown instanceof Phase.Retrying retrying) {
        remedy(retrying.problem().failure());
        if (retrying.problem().kind() == Problem.Kind.UNAVAILABLE) {
          row.add(buttons.choice(Choice.TRY_AGAIN));
        }
      } else if (shown instanceof Phase.Browser browser) {
        browser(browser);
      }
      row.add(buttons.close(true));
    }
  }

  private void stopped(Problem problem) {
    String details = Details.of(problem.failure());
    if (problem.hasDetails()) {
      JTextArea area = Look.details(details, texts.text("details"));
      area.setRows(DETAIL_ROWS);
      leftToRight.add(area);
      JScrollPane scroll = new JScrollPane(area);
      body.add(scroll);
    } else if (problem.kind() == Problem.Kind.SIGN_IN_REQUIRED) {
      remedy(problem.failure());
    }
    for (Choice choice : problem.choices()) {
      row.add(
          switch (choice) {
            case CLOSE -> buttons.close(false);
            case COPY_DETAILS -> buttons.copy(choice, () -> details);
            default -> buttons.choice(choice);
          });
    }
  }

  private void browser(Phase.Browser browser) {
    row.add(buttons.choice(Choice.OPEN_PAGE));
    row.add(buttons.copy(Choice.COPY_ADDRESS, () -> browser.page().toASCIIString()));
    row.add(buttons.choice(Choice.NEW_CODE));
  }

  private void remedy(Throwable failure) {
    if (failure instanceof LatchkeyException known && known.remedy() != null) {
      Column.add(body, known.remedy());
    }
  }

  private String message(Phase shown) {
    if (shown instanceof Phase.Beginning beginning) {
      return texts.text(beginning.way() == Way.CODE ? "beginning.code" : "beginning.browser");
    } else if (shown instanceof Phase.Retrying retrying) {
      boolean busy = retrying.problem().kind() == Problem.Kind.THROTTLED;
      String key = busy ? "retrying.throttled" : "retrying.unavailable";
      return texts.text(key, texts.clock(retrying.left()));
    } else if (shown instanceof Phase.Browser browser) {
      return texts.text("browser.waiting", texts.clock(browser.left()))
          + (Boolean.FALSE.equals(browser.opened()) ? "\n" + texts.text("browser.not-opened") : "");
    } else if (shown instanceof Phase.SignedIn done) {
      return Notes.of(done, texts);
    } else if (shown instanceof Phase.Stopped stopped) {
      return sentence(stopped.problem());
    }
    return texts.text("unlocking");
  }

  private String sentence(Problem problem) {
    Throwable failure = problem.failure();
    if (failure instanceof TokenStoreFailure store) {
      return texts.text("store." + store.problem().name());
    } else if (failure instanceof SignInRequired why) {
      return texts.text(problem.kind().key()) + " " + texts.text("reason." + why.reason().name());
    }
    return texts.text(problem.kind().key());
  }

  /** Only the time that is left changes, and whether the browser came. */
  @Override
  public boolean update(Phase next) {
    boolean same =
        next.equals(phase)
            || (next instanceof Phase.Retrying now
                && phase instanceof Phase.Retrying before
                && now.attempts() == before.attempts())
            || (next instanceof Phase.Browser page
                && phase instanceof Phase.Browser other
                && page.page().equals(other.page()));
    if (same) {
      phase = next;
      message.setText(message(next));
    }
    return same;
  }

  @Override
  public JComponent body() {
    return body;
  }

  @Override
  public List<JButton> buttons() {
    return row;
  }

  @Override
  public @Nullable JButton defaultButton() {
    return row.size() > 1 || !pending ? row.get(0) : null; // nobody cancels by a hasty Enter
  }

  @Override
  public String spoken() {
    return spoken;
  }

  @Override
  public List<JComponent> leftToRight() {
    return leftToRight;
  }
}
