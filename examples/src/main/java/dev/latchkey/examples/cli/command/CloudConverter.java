package dev.latchkey.examples.cli.command;

import dev.latchkey.Entra;
import dev.latchkey.examples.cli.output.JsonEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code global}, {@code us-gov} and {@code china}. */
final class CloudConverter implements ITypeConverter<Entra.Cloud> {

  /** The option's spelling of a cloud. */
  static String of(Entra.Cloud cloud) {
    return JsonEvents.lower(cloud).replace('_', '-');
  }

  @Override
  public Entra.Cloud convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "global" -> Entra.Cloud.GLOBAL;
      case "us-gov" -> Entra.Cloud.US_GOV;
      case "china" -> Entra.Cloud.CHINA;
      default -> throw new TypeConversionException("'" + name + "' is not global, us-gov or china");
    };
  }

  /** The names, for the completion of a shell. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(Arrays.stream(Entra.Cloud.values()).map(CloudConverter::of).toList());
    }
  }
}
