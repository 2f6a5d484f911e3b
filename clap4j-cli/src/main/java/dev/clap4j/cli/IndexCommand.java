package dev.clap4j.cli;

import dev.clap4j.Clip;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.prompt.ClassNames;
import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.search.ImageIndexing;
import dev.clap4j.search.IndexUpdate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap index}: pictures of some folders, made ready for search. */
@Command(
        name = "index",
        description = {
            "Make folders of pictures searchable, or bring their index up to date.",
            "New pictures are added, changed ones replaced, and those removed that are gone from the folders. Other"
                    + " programs may search meanwhile. With a head, the features are those after the head."
        },
        mixinStandardHelpOptions = true)
final class IndexCommand implements Runnable, Interruptible {
    @Mixin
    private ClipOption clip;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR|FILE",
            arity = "1..*",
            description = "Folders with images in them at any depth, or image files.")
    private List<Path> images;

    @Option(names = "--out", required = true, paramLabel = "INDEX", description = "The folder of the index.")
    private Path out;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private TemplateOptions templates;

    @Option(
            names = "--styles",
            paramLabel = "A,B,…",
            description = "Words for styles, of which each picture gets a guess (default: those of the index, at first"
                    + " photo,painting,sketch,cartoon).")
    private String styles;

    @Option(
            names = "--digest",
            description = "Compare files by their content, not only by size and time of modification.")
    private boolean digest;

    @Mixin
    private Output output;

    private record Outcome(
            int added,
            int updated,
            int unchanged,
            int removed,
            int relabelled,
            int encoded,
            List<UnreadableOption.Images.Listed> unreadable) {
        /** Returns the outcome in words, {@code labels} being those that were given. */
        String words(String labels) {
            return String.format("%d added, %d updated, %d unchanged, %d removed", added, updated, unchanged, removed)
                    + (relabelled == 0 ? "" : "; " + relabelled + " now have new " + labels)
                    + "; " + encoded + " went through the model";
        }
    }

    @Override
    public String kept() {
        return "the pictures done so far are in " + out
                + (classes.names().isPresent() || styles != null
                        ? "; new classes and styles, only if all have them"
                        : "");
    }

    @Override
    public void run() {
        clip.check();
        Optional<List<String>> words =
                Optional.ofNullable(styles).map(text -> WrongUse.checking(() -> ClassNames.parse(text)));
        Optional<List<String>> names = classes.names();
        WrongUse.when(
                names.isEmpty() && templates.isGiven(),
                "--template, --templates and --language are for the names of classes: give --classes or --classes-file");
        try (ProgressBar progress = ProgressBar.logging(output.err());
                Clip model = clip.load(output.err())) {
            ImageIndexing indexing = ImageIndexing.with(model)
                    .withModelSource(clip.source())
                    .withHeadSource(clip.headSource())
                    .withDigests(digest);
            if (names.isPresent()) {
                ClassPrompts prompts = templates.prompts(names.get(), templates.language(clip.head()));
                ModelOption.warnOfLongTexts(
                        ClipAccess.encoders(model).texts().tokenizer(), ClassFeatures.texts(prompts), output.err());
                indexing = indexing.withClasses(prompts);
            }
            if (words.isPresent()) {
                indexing = indexing.withStyles(words.get());
            }
            IndexUpdate update = indexing.update(out, images, progress);
            progress.rest();
            if (!update.ignored().isEmpty()) {
                output.err().println("clap: " + update.ignored());
            }
            UnreadableOption.Images unreadable = new UnreadableOption.Images();
            List<UnreadableImage> bad = update.unreadable();
            unreadable.add(bad, output.err(), update.added() + update.updated() + update.unchanged() + bad.size());
            Outcome outcome = new Outcome(
                    update.added(),
                    update.updated(),
                    update.unchanged(),
                    update.removed(),
                    update.relabelled(),
                    update.encoded(),
                    unreadable.list());
            String labels = Stream.of(names.map(given -> "classes"), words.map(given -> "styles"))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" and "));
            output.print(outcome, outcome.words(labels));
        }
    }
}
