package dev.latchkey.swing.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.swing.fixture.Components;
import dev.latchkey.swing.fixture.Phases;
import dev.latchkey.swing.fixture.Samples;
import dev.latchkey.swing.fixture.Themes;
import dev.latchkey.swing.internal.flow.Heading;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Event;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.state.Transition;
import dev.latchkey.swing.internal.state.Wish;
import dev.latchkey.swing.internal.text.Texts;
import java.awt.Component;
import java.awt.ComponentOrientation;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the dialog without a window, and so without a screen. */
class SignInPanelTest {

  private static final Heading FIRST = new Heading(null, null);
  private static final Heading AGAIN = new Heading(Reason.REFRESH_ANSWER_LOST, "ann@example.com");

  private final List<Choice> chosen = new ArrayList<>();
  private final List<String> copied = new ArrayList<>();

  @BeforeEach
  void setLight() throws Exception {
    Themes.LIGHT.set(100);
  }

  @Test
  void codeStandsAloneInLargeMonospaceAndCanBeCopied() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, Phases.code(null));

    JTextField code = field(panel, "Code");
    assertThat(code.getText()).isEqualTo(Samples.USER_CODE);
    assertThat(code.getFont().getFamily()).isEqualTo(new Font(Font.MONOSPACED, 0, 1).getFamily());
    assertThat(code.getFont().getSize()).isGreaterThanOrEqualTo(2 * Look.em());
    JButton copy = button(panel, Choice.COPY_CODE);
    copy.doClick(0);
    assertThat(copied).containsExactly(Samples.USER_CODE);
    assertThat(copy.getText()).isEqualTo("Copied");
  }

  @Test
  void personIsWarnedOfCodesThatOthersSent() {
    assertThat(text(show(Locale.ENGLISH, FIRST, Phases.code(null))))
        .contains("for the sign-in on this screen only")
        .contains("enter no code that somebody sent you");
  }

  @Test
  void messageOfTheServerIsShownAsItIs() {
    String html = "<html><b>Open the page</b>";

    assertThat(text(show(Locale.GERMAN, FIRST, Phases.code(html)))).contains(html);
    assertThat(text(show(Locale.GERMAN, FIRST, Phases.code(" ")))).contains("Öffnen Sie");
  }

  @Test
  void qrCodeHoldsTheAddressWithTheCodeAlsoInADarkTheme() throws Exception {
    Themes.DARK.set(100);
    SignInPanel panel = show(Locale.ENGLISH, FIRST, Phases.code(null));

    BufferedImage image = Components.picture(panel.component());
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    String read =
        new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();

    assertThat(read).isEqualTo("https://login.example.com/device?user_code=WDJB-MJHT");
  }

  @Test
  void countdownMovesWithoutANewPage() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, Phases.code(null));
    JTextField code = field(panel, "Code");
    assertThat(text(panel)).contains("expires in 15:00");

    Phase later =
        Transition.next(
            Phases.code(null),
            new Event.Ticked(Duration.ofSeconds(61)),
            new Wish(null, null, true, false));
    boolean another = panel.show(FIRST, later);

    assertThat(another).isFalse();
    assertThat(text(panel)).contains("expires in 13:59");
    assertThat(field(panel, "Code")).isSameAs(code); // what is selected stays selected
  }

  @Test
  void browserIsOfferedWithItsReasonAfterAWhile() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, Phases.code(null));
    assertThat(buttons(panel)).doesNotContain("BROWSER");

    panel.show(FIRST, phase("code-late"));

    assertThat(text(panel)).contains("Does the page say that access is blocked?");
    assertThat(text(panel)).contains("No connection; trying again by itself.");
    assertThat(text(panel)).contains("No browser was opened.");
    button(panel, Choice.BROWSER).doClick(0);
    assertThat(chosen).containsExactly(Choice.BROWSER);
  }

  @Test
  void everyPhaseHasAButtonThatClosesIt() {
    Phases.all()
        .forEach(
            (name, phase) -> {
              SignInPanel panel = show(Locale.ENGLISH, FIRST, phase);
              JButton close = button(panel, Choice.CLOSE);
              close.doClick(0);
              assertThat(chosen).as(name).contains(Choice.CLOSE);
              chosen.clear();
            });
  }

  @Test
  void enterNeverCancelsWhatIsPending() {
    for (String name : List.of("beginning", "unlocking", "code", "retrying", "browser")) {
      SignInPanel panel = show(Locale.ENGLISH, FIRST, phase(name));
      JButton pressed = panel.defaultButton();
      assertThat(pressed == null ? "" : pressed.getName()).as(name).isNotEqualTo("CLOSE");
    }
  }

  @Test
  void reasonAndAccountStandAboveTheCode() {
    String shown = text(show(Locale.ENGLISH, AGAIN, Phases.code(null)));

    assertThat(shown)
        .contains("A connection broke off while your session was being renewed")
        .contains("Account: ann@example.com");
  }

  @Test
  void administratorGetsATextToCopyWithTheCorrelationId() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, phase("administrator"));

    button(panel, Choice.COPY_DETAILS).doClick(0);

    assertThat(text(panel)).contains("Only an administrator can help");
    assertThat(copied)
        .singleElement()
        .asString()
        .contains("Correlation ID: 7d2f3b1e-0000-4000-8000-000000000001");
  }

  @Test
  void lockedKeyringIsNamedInTheWordsOfThePerson() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, phase("store-LOCKED"));

    assertThat(text(panel)).contains("is locked. Unlock it, then try again.");
    assertThat(panel.firstButton().getName()).isEqualTo("UNLOCK");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsSaidAboveTheCode(Reason reason) {
    Texts texts = Texts.of(Locale.ENGLISH, null);

    assertThat(text(show(Locale.ENGLISH, new Heading(reason, null), Phases.code(null))))
        .contains(texts.text("reason." + reason.name()));
  }

  @Test
  void everythingThatTakesTheFocusHasANameForScreenReaders() {
    Phases.all()
        .forEach(
            (name, phase) -> {
              SignInPanel panel = show(Locale.ENGLISH, AGAIN, phase);
              for (JComponent component : Components.all(panel.component(), JComponent.class)) {
                if ((component instanceof JTextComponent text && text.isFocusable())
                    || (component instanceof AbstractButton button && isOurs(button))
                    || component instanceof JLabel) {
                  assertThat(component.getAccessibleContext().getAccessibleName())
                      .as(name + " " + component)
                      .isNotBlank();
                }
              }
              assertThat(panel.firstButton().getAccessibleContext().getAccessibleDescription())
                  .as(name)
                  .isNotBlank();
            });
  }

  @Test
  void countdownIsReadOutByTheMinute() {
    SignInPanel panel = show(Locale.ENGLISH, FIRST, Phases.code(null));

    assertThat(
            Components.all(panel.component(), JTextArea.class).stream()
                .map(area -> area.getAccessibleContext().getAccessibleName())
                .filter(Objects::nonNull))
        .anyMatch(name -> name.endsWith("expires in 15 minutes."));
  }

  @ParameterizedTest
  @CsvSource({"en,100", "de,100", "fr,100", "es,100", "ja,100", "de,200", "fr,300", "ja,300"})
  void nothingIsCutOff(String language, int percent) throws Exception {
    Themes.LIGHT.set(percent);

    Phases.all()
        .forEach(
            (name, phase) -> {
              SignInPanel panel = show(Locale.forLanguageTag(language), AGAIN, phase);
              assertFits(name, panel.component());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"METAL", "NIMBUS", "DARK"})
  void nothingIsCutOffInOtherLooks(String theme) throws Exception {
    Themes.valueOf(theme).set(150);

    Phases.all()
        .forEach((name, phase) -> assertFits(name, show(Locale.GERMAN, AGAIN, phase).component()));
  }

  /** WCAG 2.1, 1.4.3. */
  @ParameterizedTest
  @EnumSource(Themes.class)
  void allTextHasTheContrastOfWcagAa(Themes theme) throws Exception {
    theme.set(100);

    Phases.all()
        .forEach(
            (name, phase) -> {
              SignInPanel panel = show(Locale.ENGLISH, AGAIN, phase);
              for (JTextComponent text : Components.all(panel.component(), JTextComponent.class)) {
                assertThat(Components.contrast(text.getForeground(), Components.background(text)))
                    .as("%s: %s", name, text.getText())
                    .isGreaterThanOrEqualTo(4.5);
              }
            });
  }

  @Test
  void rightToLeftLanguageTurnsTheDialogButNotTheCode() {
    var hebrew =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"button.cancel", "ביטול"}};
          }
        };
    Texts texts = Texts.of(Locale.forLanguageTag("he"), hebrew);
    SignInPanel panel = new SignInPanel(texts, chosen::add, copied::add);
    panel.show(FIRST, Phases.code(null));
    Components.pack(panel.component());

    JLabel qr = Components.all(panel.component(), JLabel.class).get(0);
    JTextField code = field(panel, "Code");
    assertThat(code.getComponentOrientation()).isEqualTo(ComponentOrientation.LEFT_TO_RIGHT);
    assertThat(xOf(panel, qr)).isLessThan(xOf(panel, code));
    SignInPanel usual = show(Locale.ENGLISH, FIRST, Phases.code(null));
    assertThat(xOf(usual, Components.all(usual.component(), JLabel.class).get(0)))
        .isGreaterThan(xOf(usual, field(usual, "Code")));
  }

  @Test
  void sizesFollowTheFont() throws Exception {
    int small = show(Locale.ENGLISH, FIRST, Phases.code(null)).component().getWidth();

    Themes.LIGHT.set(300);

    assertThat(show(Locale.ENGLISH, FIRST, Phases.code(null)).component().getWidth())
        .isBetween(5 * small / 2, 7 * small / 2);
  }

  private static void assertFits(String name, JComponent panel) {
    for (JComponent component : Components.all(panel, JComponent.class)) {
      boolean text =
          component instanceof JTextComponent
              || (component instanceof AbstractButton button && isOurs(button))
              || component instanceof JLabel;
      if (text) {
        assertThat(component.getHeight())
            .as("%s: height of %s", name, component)
            .isGreaterThanOrEqualTo(component.getPreferredSize().height);
        if (!(component instanceof JTextArea)) {
          assertThat(component.getWidth())
              .as("%s: width of %s", name, component)
              .isGreaterThanOrEqualTo(component.getPreferredSize().width);
        }
        Rectangle place =
            SwingUtilities.convertRectangle(component.getParent(), component.getBounds(), panel);
        if (SwingUtilities.getAncestorOfClass(javax.swing.JScrollPane.class, component) == null) {
          assertThat(new Rectangle(panel.getSize()).contains(place))
              .as("%s: place of %s", name, component)
              .isTrue();
        }
      }
    }
  }

  /** The arrows of a scroll bar are buttons, too. */
  private static boolean isOurs(AbstractButton button) {
    return button.getName() != null && button.getText() != null && !button.getText().isEmpty();
  }

  private static int xOf(SignInPanel panel, Component component) {
    return SwingUtilities.convertPoint(component, 0, 0, panel.component()).x;
  }

  private SignInPanel show(Locale locale, Heading heading, Phase phase) {
    SignInPanel panel = new SignInPanel(Texts.of(locale, null), chosen::add, copied::add);
    assertThat(panel.show(heading, phase)).isTrue();
    Components.pack(panel.component());
    return panel;
  }

  private static Phase phase(String name) {
    Map<String, Phase> all = Phases.all();
    return Objects.requireNonNull(all.get(name));
  }

  private static String text(SignInPanel panel) {
    return Components.all(panel.component(), JTextComponent.class).stream()
        .map(JTextComponent::getText)
        .collect(Collectors.joining("\n"));
  }

  private static List<String> buttons(SignInPanel panel) {
    return Components.all(panel.component(), JButton.class).stream()
        .map(JButton::getName)
        .filter(Objects::nonNull)
        .toList();
  }

  private static JButton button(SignInPanel panel, Choice choice) {
    return Components.named(panel.component(), JButton.class, choice.name());
  }

  private static JTextField field(SignInPanel panel, String name) {
    return Components.all(panel.component(), JTextField.class).stream()
        .filter(field -> name.equals(field.getAccessibleContext().getAccessibleName()))
        .findFirst()
        .orElseThrow();
  }
}
