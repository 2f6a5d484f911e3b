package dev.clap4j.cli;

import dev.clap4j.internal.io.Names;
import dev.clap4j.search.DuplicateGroup;
import dev.clap4j.search.DuplicateKind;
import dev.clap4j.search.Duplicates;
import dev.clap4j.search.ImageIndex;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap duplicates}: copies among the pictures of an index. */
@Command(
        name = "duplicates",
        description = {
            "List copies among the pictures of an index: the same pictures, reencoded ones, and restyled ones.",
            "The same have the same pixels. Reencoded ones were compressed again, scaled or cropped by a little. Restyled"
                    + " ones show the same in another style, with the same outlines. Nothing is deleted."
        },
        mixinStandardHelpOptions = true)
final class DuplicatesCommand implements Runnable {
    @Mixin
    private IndexOption index;

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "same|reencoded|restyled",
            description = "The kinds of copies to list, separated by commas (default: all).")
    private Set<DuplicateKind> kinds = EnumSet.allOf(DuplicateKind.class);

    @Option(
            names = "--threshold",
            paramLabel = "S",
            description =
                    "How alike copies should be in small, up to 1: the correlation of their brightness with --kind"
                            + " reencoded, of their outlines with --kind restyled (default: as chosen on drawn pictures, see"
                            + " docs/search.md).")
    private Float threshold;

    @Mixin
    private Output output;

    private record Group(Original original, List<Copy> copies) {
        static Group of(DuplicateGroup group) {
            return new Group(
                    new Original(
                            group.original().path().toString(), group.original().size()),
                    group.copies().stream().map(Copy::of).toList());
        }
    }

    private record Original(String path, long size) {}

    private record Copy(String path, long size, String kind, float similarity, String of) {
        static Copy of(DuplicateGroup.Copy copy) {
            return new Copy(
                    copy.image().path().toString(),
                    copy.image().size(),
                    name(copy.kind()),
                    copy.similarity(),
                    copy.of().path().toString());
        }
    }

    @Override
    public void run() {
        WrongUse.when(
                threshold != null && (kinds.size() != 1 || kinds.contains(DuplicateKind.SAME)),
                "--threshold is for one kind of copies: give it with --kind reencoded or --kind restyled");
        WrongUse.when(
                threshold != null && !(threshold >= -1 && threshold <= 1),
                "--threshold takes a number from -1 to 1, not " + threshold);
        Duplicates.Found found;
        UnreadableOption.Images unreadable = new UnreadableOption.Images();
        try (ProgressBar progress = ProgressBar.open();
                ImageIndex opened = index.open(output)) {
            Duplicates search = Duplicates.in(opened).withKinds(kinds);
            if (threshold != null) {
                DuplicateKind kind = kinds.iterator().next();
                search = search.withThresholds(kind, kind.cosine(), threshold);
            }
            found = search.find(progress);
            progress.rest();
            unreadable.add(found.unreadable(), output.err(), opened.size());
        }
        output.print(found.groups().stream().map(Group::of).toList(), table(found.groups()));
    }

    /** Returns the groups in words, the original of each in its first line. */
    private static Object table(List<DuplicateGroup> groups) {
        if (groups.isEmpty()) {
            return "No copies were found.";
        }
        Table table = Table.of("group", "kind", "cosine", "picture", "copy of");
        int number = 0;
        for (DuplicateGroup group : groups) {
            number++;
            table.row(number, "", "", Names.line(group.original().path().toString()), "");
            for (DuplicateGroup.Copy copy : group.copies()) {
                table.row(
                        number,
                        name(copy.kind()),
                        Table.cell("%.3f", copy.similarity()),
                        Names.line(copy.image().path().toString()),
                        copy.of().equals(group.original())
                                ? ""
                                : Names.line(copy.of().path().toString()));
            }
        }
        return table;
    }

    private static String name(DuplicateKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
