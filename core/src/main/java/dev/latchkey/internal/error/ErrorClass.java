package dev.latchkey.internal.error;

/** What a caller has to do about an error: the second column of the tables. */
enum ErrorClass {
  /** Go on polling. */
  WAIT,
  /** Begin a new sign-in with a new device code. */
  NEW,
  /** Nothing: the person refused. */
  DECLINED,
  /** Sign in again. */
  SIGNIN,
  /** Sign in again with the claims that the server wants. */
  CLAIMS,
  /** Ask an administrator. */
  ADMIN,
  /** Correct the application's registration or request. */
  APP,
  /** Correct the account. */
  USER,
  /** Ask less often. */
  SLOW,
  /** Ask later. */
  LATER,
  /** Ask later: the service is out of order. */
  OUT,
  /** Shown in a browser only. If it comes here after all, {@code error} decides. */
  BROWSER
}
