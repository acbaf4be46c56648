package dev.latchkey.examples.desktop.view;

import java.awt.Component;
import java.awt.Font;
import java.awt.GridBagLayout;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** What the window shows as long as nobody is signed in. */
final class SignInPage {

  private final JPanel panel = new JPanel(new GridBagLayout());
  private final JButton button = new JButton("Sign in");

  SignInPage(Runnable signIn) {
    JLabel heading =
        new JLabel("You are not signed in") {
          private static final long serialVersionUID = 1L;

          @Override
          public void updateUI() {
            super.updateUI();
            setFont(Ems.font().deriveFont(Font.BOLD, Ems.of(1.5)));
          }
        };
    JLabel why = new JLabel("Sign in to see your files, tasks, channels and mail.");
    button.setName("sign-in");
    button.setMnemonic('S');
    button.addActionListener(e -> signIn.run());
    Box box = Box.createVerticalBox();
    for (JComponent each : new JComponent[] {heading, why, button}) {
      each.setAlignmentX(Component.CENTER_ALIGNMENT);
      box.add(each);
      box.add(Box.createVerticalStrut(Ems.of(0.8)));
    }
    panel.add(box);
  }

  JPanel component() {
    return panel;
  }

  JButton button() {
    return button;
  }
}
