package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.LabelledSources;
import dev.clap4j.internal.dataset.FileSource;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.image.IgnoredFiles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code --data}, {@code --limit} and {@code --domain}: labelled images. */
final class DataOption {
    private static final String DATA = "--data";

    @Option(
            names = DATA,
            paramLabel = "DIR|FILE",
            description =
                    "The images: a folder of <domain>/<class>/<image>, or <class>/<image> for a single domain; or a"
                            + " tar archive (WebDataset), a Parquet file or a list (.csv) with their labels, or a pattern such"
                            + " as 'shard-{000..009}.tar'.")
    private String data;

    @Option(names = "--limit", paramLabel = "N", description = "At most N images of each class in each domain.")
    private Integer limit;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain (default: each of them).")
    private String domain;

    /**
     * Reads the data set; a limit's images are drawn from the seed.
     *
     * @param classes the names of its classes that are wanted or, where these are numbers, of all of them in order
     */
    LabelledInput read(long seed, Optional<List<String>> classes, UnreadableOption unreadable, PrintWriter err) {
        WrongUse.when(data == null, "Name the images with --data.");
        List<ImageSource> sources = sources();
        LabelledInput all = sources.isEmpty()
                ? LabelledInput.of(unreadable.readable(read(Path.of(data), err), err))
                : LabelledInput.of(unreadable.readable(read(sources, classes, err), err));
        return all.with(dataset -> limit == null ? dataset : dataset.limit(limit, seed))
                .with(dataset -> domain == null ? dataset : dataset.onlyDomain(domain))
                .with(dataset -> classes.map(dataset::onlyClasses).orElse(dataset));
    }

    /** Declares the option of a command that takes folders alone. */
    static void takeFolders(CommandSpec command) {
        OptionSpec any = command.findOption(DATA);
        command.remove(any);
        command.addOption(OptionSpec.builder(any)
                .paramLabel("DIR")
                .description("The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
                .build());
    }

    /** Returns whether the images are in archives, tables or lists. */
    boolean isOfSources() {
        return data != null && !sources().isEmpty();
    }

    static Dataset read(Path folder, PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            return Dataset.read(folder, warnings);
        }
    }

    /** The archives, tables and lists that the option names; none if it names anything else than such a file. */
    private List<ImageSource> sources() {
        Optional<Path> path = GivenPaths.path(data).filter(Files::exists);
        boolean isOther = path.isPresent() ? !Files.isRegularFile(path.get()) : !ImageArguments.isPattern(data);
        if (isOther) {
            return List.of();
        }
        IgnoredFiles others = new IgnoredFiles();
        List<ImageSource> sources = ImageArguments.sources(data, others);
        Optional<ImageSource> file =
                sources.stream().filter(FileSource.class::isInstance).findFirst();
        if (file.isPresent() && path.isEmpty()) {
            throw new ClapException(file.get().path() + " is no archive, table or list; image files are in a folder,"
                    + " <domain>/<class>/<image>, or a list gives their classes");
        }
        return file.isPresent() ? List.of() : sources;
    }

    private static LabelledSources read(List<ImageSource> sources, Optional<List<String>> classes, PrintWriter err) {
        Path first = sources.get(0).path();
        Path root = sources.size() == 1 ? first : first.toAbsolutePath().getParent();
        try (ProgressBar progress = ProgressBar.open();
                Warnings warnings = new Warnings(err)) {
            LabelledSources read = LabelledSources.read(root, sources, progress, warnings);
            if (!read.isNumbered()) {
                return read;
            }
            return read.named(classes.orElseThrow(() -> new WrongUse("The classes in " + root
                    + " are numbers; name those of 0, 1, 2 and so on with --classes or --classes-file")));
        }
    }
}
