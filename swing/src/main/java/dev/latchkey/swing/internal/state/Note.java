package dev.latchkey.swing.internal.state;

/** What the person should know about a sign-in that succeeded. */
public enum Note {
  /** The token store did not take the session, so it lasts as long as the program. */
  NOT_STORED,
  /** Somebody else signed in than was asked for. */
  ANOTHER_ACCOUNT,
  /** The account belongs to another tenant than the last one. */
  ANOTHER_TENANT
}
