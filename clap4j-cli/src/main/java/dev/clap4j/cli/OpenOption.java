package dev.clap4j.cli;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** {@code --open}: show the page at once. */
final class OpenOption {
    @Option(names = "--open", description = "Open the page in a browser.")
    private boolean open;

    /** Returns whether a page is to be opened. */
    boolean isWanted() {
        return open;
    }

    void show(Path page, PrintWriter err) {
        if (open && !Browser.ofSystem().open(page)) {
            err.println("clap: no browser can be opened from here; open " + page.toAbsolutePath() + " in yours");
        }
    }

    /** Opens a page in the user's browser, by the first of some ways that works. */
    record Browser(List<Way> ways) {
        private static final int SECONDS = 10;

        @FunctionalInterface
        interface Way {
            /** Opens a page; returns false if this way is unavailable. */
            boolean open(Path page) throws IOException;
        }

        static Browser ofSystem() {
            return new Browser(List.of(Browser::desktop, Browser::xdgOpen));
        }

        /** Opens a page, and returns whether one of the ways worked. */
        boolean open(Path page) {
            for (Way way : ways) {
                try {
                    if (way.open(page)) {
                        return true;
                    }
                } catch (IOException | UnsupportedOperationException e) {
                    // The next way may work; the caller learns if none does.
                }
            }
            return false;
        }

        private static boolean desktop(Path page) throws IOException {
            if (GraphicsEnvironment.isHeadless()
                    || !Desktop.isDesktopSupported()
                    || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                return false;
            }
            Desktop.getDesktop().browse(page.toAbsolutePath().toUri());
            return true;
        }

        /** On many Linux desktops Java finds no browser, but this does; without a screen it would start one in the terminal. */
        private static boolean xdgOpen(Path page) throws IOException {
            if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
                return false;
            }
            Process process = new ProcessBuilder(
                            "xdg-open", page.toAbsolutePath().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return !process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }
}
