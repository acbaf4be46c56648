package dev.latchkey.swing.internal.state;

/** How the person signs in. */
public enum Way {
  /** With a code that the person enters on some device (RFC 8628). */
  CODE,
  /** With the browser on this computer (RFC 8252). */
  BROWSER
}
