package dev.latchkey.internal.oauth;

/** What a caller has to do about an error: the second column of the tables. */
enum ErrorClass {
  /** Poll on. */
  WAIT,
  /** Start with a new device code. */
  NEW,
  /** The person refused. */
  DECLINED,
  /** Sign in again. */
  SIGNIN,
  /** Sign in again with the claims that the server wants. */
  CLAIMS,
  /** Ask an administrator. */
  ADMIN,
  /** Mend the application's registration or request. */
  APP,
  /** Mend the account. */
  USER,
  /** Ask less often. */
  SLOW,
  /** Ask later. */
  LATER,
  /** The service is out of order; ask later. */
  OUT,
  /** Seen in a browser only; if it comes here after all, {@code error} decides. */
  BROWSER
}
