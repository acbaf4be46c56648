package dev.latchkey.examples.cli.command;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a URL. Picocli puts the name of the option before the message. */
final class UrlConverter implements ITypeConverter<URI> {

  @Override
  public URI convert(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported like a URL without a host.
    }
    throw new TypeConversionException(
        "'" + text + "' is not a URL such as https://login.example.com/path");
  }
}
