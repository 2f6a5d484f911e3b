package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.GeometryHints;
import dev.clap4j.internal.nn.Activation;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --activation} and {@code --heads}: settings that weights without a configuration lack. */
final class GeometryOption {
    private static final String PURPOSE = ", for weights without a configuration";

    private enum Gelu {
        QUICKGELU(Activation.QUICK_GELU),
        GELU(Activation.GELU);

        private final Activation activation;

        Gelu(Activation activation) {
            this.activation = activation;
        }
    }

    private record Heads(int text, int vision) {}

    private static final class HeadsConverter implements ITypeConverter<Heads> {
        @Override
        public Heads convert(String text) {
            if (!text.matches("[1-9]\\d{0,5}(,[1-9]\\d{0,5})?")) {
                throw new TypeConversionException(
                        "should be a number of heads, or two for texts and images, not '" + text + "'");
            }
            String[] numbers = text.split(",", -1);
            return new Heads(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[numbers.length - 1]));
        }
    }

    @Option(
            names = "--activation",
            paramLabel = "quickgelu|gelu",
            description = "The model's activation" + PURPOSE
                    + " (default: quickgelu, as OpenAI's, unless the file's name says otherwise; a warning says so).")
    private Gelu activation;

    @Option(
            names = "--heads",
            paramLabel = "N[,M]",
            converter = HeadsConverter.class,
            description = "The model's attention heads, for texts and for images" + PURPOSE
                    + " (default: as many as are 64 wide; a warning says so).")
    private Heads heads;

    GeometryHints hints() {
        return new GeometryHints(
                activation == null ? null : activation.activation,
                heads == null ? 0 : heads.text,
                heads == null ? 0 : heads.vision);
    }

    /** Opens models by their names; if there are none, the mini CLIP, which lacks no settings. */
    List<Checkpoint> open(List<String> names, PrintWriter err) {
        if (names.isEmpty()) {
            requireNone();
            return List.of(CheckpointOption.embedded(err));
        }
        return names.stream()
                .map(name -> Checkpoint.open(NamedModel.find(name, err), hints()))
                .toList();
    }

    /** Refuses them where there are no weights of the user's own. */
    void requireNone() {
        WrongUse.when(
                !hints().equals(GeometryHints.NONE),
                "--activation and --heads are for weights of your own; name them with --model");
    }
}
