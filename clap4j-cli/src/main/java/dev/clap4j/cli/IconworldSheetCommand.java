package dev.clap4j.cli;

import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.ContactSheet;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.prompt.ClassNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap iconworld sheet}: a contact sheet. */
@Command(
        name = "sheet",
        description = "Draw a contact sheet: things in all eight image types (rows) of all eleven icon sets (columns).",
        mixinStandardHelpOptions = true)
final class IconworldSheetCommand implements Runnable {
    @Option(
            names = "--concepts",
            defaultValue = "dog,guitar,house",
            paramLabel = "A,B,…",
            description = "The things (default: ${DEFAULT-VALUE}).")
    private String concepts;

    @Option(
            names = "--image-size",
            defaultValue = "64",
            paramLabel = "PIXELS",
            description = "The side of a picture (default: ${DEFAULT-VALUE}).")
    private int imageSize;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "The picture to write.")
    private Path out;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException(
                    spec.commandLine(), "The sheet is a PNG file; give it a name that ends with .png, not " + out);
        }
        List<Concept> chosen = OptionValues.of(spec.commandLine(), () -> {
            BuildOptions.checkImageSize(imageSize);
            return ClassNames.parse(concepts).stream().map(Concepts::named).toList();
        });
        try (ProgressBar progress = ProgressBar.open()) {
            ContactSheet.write(chosen, imageSize, seed, out, progress);
        }
        PrintWriter output = spec.commandLine().getOut();
        if (json.wanted()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("concepts", chosen.stream().map(Concept::name).toList());
            result.put("imageSize", imageSize);
            result.put("seed", seed);
            result.put("file", out.toString());
            JsonOption.print(output, result);
        } else {
            output.println(out);
        }
    }
}
