package dev.clap4j.cli;

import dev.clap4j.iconworld.Concepts;
import dev.clap4j.iconworld.ContactSheet;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.prompt.ClassNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private Output output;

    private record Sheet(List<String> concepts, int imageSize, long seed, String file) {}

    @Override
    public void run() {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new WrongUse("The sheet is a PNG file; give it a name that ends with .png, not " + out);
        }
        List<Concept> chosen = WrongUse.checking(() -> {
            BuildOptions.checkImageSize(imageSize);
            return ClassNames.parse(concepts).stream().map(Concepts::named).toList();
        });
        try (ProgressBar progress = ProgressBar.open()) {
            ContactSheet.write(chosen, imageSize, seed, out, progress);
        }
        List<String> names = chosen.stream().map(Concept::name).toList();
        output.print(new Sheet(names, imageSize, seed, out.toString()), out);
    }
}
