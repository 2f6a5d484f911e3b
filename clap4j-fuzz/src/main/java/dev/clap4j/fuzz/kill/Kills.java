package dev.clap4j.fuzz.kill;

import dev.clap4j.cli.Clap;
import dev.clap4j.fuzz.Folders;
import dev.clap4j.fuzz.mutation.Chance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Repeated trials of a command, until it was killed often enough. */
final class Kills {
    private static final String LIBRARIES = "cache/natives";

    /** The number of trials that unpack native libraries, too. */
    private static final int UNPACKING = 8;

    private final Command command;
    private final Path folder;
    private final Consumer<String> out;

    /**
     * Creates the trials of a command.
     *
     * @param base the parent folder of the {@link World}
     * @param out receives progress messages
     */
    Kills(Command command, Path base, Consumer<String> out) {
        this.command = command;
        this.folder = base.resolve(command.name().replace(' ', '-'));
        this.out = out;
    }

    /** Runs trials until the command was killed the given number of times; folders of failed trials are kept. */
    CommandTally run(long seed, int kills) {
        Path undisturbed = newFolder("undisturbed");
        finish(undisturbed);
        Path again = newFolder("again");
        link(undisturbed, again);
        Moment.Usual usual = finish(again);
        Folders.delete(again);
        out.accept("%s: %.1f s, %d changes of files seen"
                .formatted(command.name(), usual.millis() / 1e3, usual.changes()));
        Map<String, byte[]> contents = Contents.of(undisturbed);
        CommandTally tally = CommandTally.none(command.name());
        for (int number = 1; tally.kills() < kills && number <= 3 * kills + 1; number++) {
            Chance chance = Chance.of(seed, command.name(), number);
            Path place = newFolder("trial-" + number);
            if (!chance.oneIn(UNPACKING)) {
                link(undisturbed, place);
            }
            Trial trial = new Trial(command, place, contents, usual);
            tally = tally.plus(trial.run(chance));
            report(trial, number, place, tally);
        }
        Folders.delete(undisturbed);
        return tally;
    }

    private void report(Trial trial, int number, Path place, CommandTally tally) {
        for (String difference : trial.differences()) {
            out.accept("%s, trial %d, kept in %s: %s".formatted(command.name(), number, place, difference));
        }
        if (trial.differences().isEmpty()) {
            Folders.delete(place);
        }
        if (number % 10 == 0) {
            out.accept("%s: %d kills".formatted(command.name(), tally.kills()));
        }
    }

    private Moment.Usual finish(Path place) {
        try (ClapProcess process = ClapProcess.start(command.words(), place)) {
            Moment.Usual usual = Moment.watch(process, place);
            if (process.exitCode() != Clap.DONE) {
                throw new IllegalStateException(command.name() + " fails undisturbed: " + process.said());
            }
            return usual;
        }
    }

    private Path newFolder(String name) {
        Path made = folder.resolve(name);
        Folders.delete(made);
        try {
            return Files.createDirectories(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes unpacked libraries available in another folder without copying them. */
    private static void link(Path from, Path to) {
        Path libraries = from.resolve(LIBRARIES);
        try {
            Files.createDirectories(to.resolve(LIBRARIES).getParent());
            if (!Files.exists(libraries)) {
                return;
            }
            try (Stream<Path> all = Files.walk(libraries)) {
                for (Path path : all.toList()) {
                    Path copy = to.resolve(from.relativize(path));
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    } else {
                        Files.createLink(copy, path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
