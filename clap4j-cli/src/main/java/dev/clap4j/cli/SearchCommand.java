package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.io.Names;
import dev.clap4j.search.FoundImage;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.SearchFilter;
import dev.clap4j.search.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clap search}: pictures of an index, by text and by picture. */
@Command(
        name = "search",
        description = {
            "Search an index of pictures by text, by picture, or both.",
            "The model, head and alpha are those that the index was made with, wherever they are: --model and --head say"
                    + " so if they have moved."
        },
        mixinStandardHelpOptions = true)
final class SearchCommand implements Runnable {
    @Mixin
    private IndexModelOption model;

    @Mixin
    private IndexOption index;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "Texts that describe the pictures wanted.")
    private List<String> texts = List.of();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "Find pictures like this one; may be given several times, and together with texts.")
    private List<Path> images = List.of();

    @Option(
            names = "--not",
            paramLabel = "TEXT",
            description = "Find pictures unlike this text; may be given several times.")
    private List<String> unwanted = List.of();

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "Only pictures of this class, or one of several; the index must have been given classes.")
    private List<String> classes = List.of();

    @Option(names = "--style", paramLabel = "NAME", description = "Only pictures in this style, or one of several.")
    private List<String> styles = List.of();

    @Option(names = "--not-style", paramLabel = "NAME", description = "Only pictures in other styles.")
    private List<String> otherStyles = List.of();

    @Option(
            names = "--under",
            paramLabel = "DIR",
            description = "Only pictures in this folder, at any depth, or in one of several.")
    private List<Path> folders = List.of();

    @Option(
            names = "--top",
            defaultValue = "10",
            paramLabel = "K",
            description = "The number of results (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--exact", description = "Compare all pictures, as is done in any case below a hundred thousand.")
    private boolean exact;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write the results as a page of thumbnails, one HTML file.")
    private Path page;

    @Mixin
    private OpenOption open;

    @Mixin
    private Output output;

    private record Row(
            String path, float similarity, Map<String, Float> classes, Map<String, Float> styles, String modified) {
        static Row of(FoundImage found) {
            return new Row(
                    found.image().path().toString(),
                    found.similarity(),
                    found.image().classScores(),
                    found.image().styleScores(),
                    found.image().modified().toString());
        }
    }

    @Override
    public void run() {
        boolean isPaged = page != null || open.isWanted();
        WrongUse.when(
                isPaged && top > SearchPage.MOST, "A page has at most " + SearchPage.MOST + " results, see --top");
        SearchFilter filter = SearchFilter.NONE
                .withClasses(Set.copyOf(classes))
                .withStyles(Set.copyOf(styles))
                .withOtherStylesThan(Set.copyOf(otherStyles))
                .withFolders(Set.copyOf(folders));
        SearchQuery query = WrongUse.checking(
                () -> new SearchQuery(texts, images.stream().map(Image::of).toList(), unwanted, filter, top, exact));
        try (ImageIndex opened = index.open(output);
                Clip clip = model.load(opened.info(), output.err())) {
            ModelOption.warnOfLongTexts(
                    ClipAccess.encoders(clip).texts().tokenizer(),
                    Stream.concat(texts.stream(), unwanted.stream()).toList(),
                    output.err());
            List<FoundImage> found = opened.search(clip).find(query);
            if (isPaged) {
                show(found, opened.size());
            } else {
                print(found, opened.size());
            }
        }
    }

    /** Prints the results and shows them on a page, without which they are printed nevertheless. */
    private void show(List<FoundImage> found, int pictures) {
        Path file;
        try (ProgressBar progress = ProgressBar.open()) {
            file = page == null ? newPage() : page;
            SearchPage.write(file, words(), found, progress);
        } catch (ClapException e) {
            print(found, pictures);
            throw e;
        }
        print(found, pictures);
        open.show(file, output.err());
    }

    private void print(List<FoundImage> found, int pictures) {
        if (found.isEmpty() && pictures > 0) {
            output.note("none of the index's pictures (" + pictures + ") meets " + conditions());
        }
        if (!found.isEmpty() || output.isJson()) {
            output.print(found.stream().map(Row::of).toList(), table(found));
        }
    }

    /** Returns the conditions that are given: {@code --style and --under}. */
    private String conditions() {
        Map<String, List<?>> given = new LinkedHashMap<>();
        given.put("--class", classes);
        given.put("--style", styles);
        given.put("--not-style", otherStyles);
        given.put("--under", folders);
        given.values().removeIf(List::isEmpty);
        return String.join(" and ", given.keySet());
    }

    /** Returns a file in a new folder that only this user can read; browsers read it after the command has ended. */
    private static Path newPage() {
        try {
            return Files.createTempDirectory("clap-search").resolve("search.html");
        } catch (IOException e) {
            throw new ClapException("Cannot make a folder for the page; name a file with --page", e);
        }
    }

    /** Returns the query for people: {@code a red guitar, like a.png, not a drum}. */
    private String words() {
        return Stream.of(
                        texts.stream(),
                        images.stream().map(image -> "like " + image.getFileName()),
                        unwanted.stream().map(text -> "not " + text))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
    }

    private static Table table(List<FoundImage> found) {
        Table table = Table.of("similarity", "class", "style", "picture");
        for (FoundImage one : found) {
            table.row(
                    Table.cell("%.3f", one.similarity()),
                    one.image().className().orElse(""),
                    one.image().style().orElse(""),
                    Names.line(one.image().path().toString()));
        }
        return table;
    }
}
