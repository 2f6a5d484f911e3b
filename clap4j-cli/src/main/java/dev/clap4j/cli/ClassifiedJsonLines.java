package dev.clap4j.cli;

import java.io.PrintWriter;

/** JSON Lines: an object a line for each image; those that were left out come last, each with the reason. */
final class ClassifiedJsonLines implements ClassifiedRows {
    private final PrintWriter out;
    private final boolean labelled;

    ClassifiedJsonLines(PrintWriter out, boolean labelled) {
        this.out = out;
        this.labelled = labelled;
    }

    @Override
    public void add(ClassifiedImage image) {
        JsonOption.printLine(out, ClassifiedJson.object(image, labelled));
    }

    @Override
    public void end(UnreadableImages unreadable, boolean stopped) {
        unreadable.list().forEach(image -> JsonOption.printLine(out, image));
    }
}
