package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.source.RepositoryFolder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of the hub at some revision.
 *
 * @param id {@code owner/name}; a few old ones have no owner
 * @param revision a branch, a tag or a commit
 */
record Repository(String id, String revision) {
    /** The branch that is meant if none is named. */
    static final String MAIN = "main";

    private static final String WORD = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_-])?";
    private static final Pattern NAME = Pattern.compile("(" + WORD + "/" + WORD + ")(?:@(.+))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern REVISION = Pattern.compile("[\\w][\\w.+-]*(?:/[\\w][\\w.+-]*)*");
    private static final int LONGEST_REVISION = 200;

    /**
     * Reads {@code owner/name[@revision]}.
     *
     * @return empty if the text is no such name
     * @throws ClapException if the revision cannot be one
     */
    static Optional<Repository> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()
                || !RepositoryFolder.isUnambiguous(name.group(1))
                || name.group(1).contains("..")) {
            return Optional.empty();
        }
        String revision = name.group(2) == null ? MAIN : name.group(2);
        if (!REVISION.matcher(revision).matches() || revision.contains("..") || revision.length() > LONGEST_REVISION) {
            throw new ClapException("\"" + revision + "\" is no revision; name a branch, a tag or a commit, as in "
                    + name.group(1) + "@main");
        }
        return Optional.of(new Repository(name.group(1), revision));
    }

    /** Returns the main branch of a repository whose name is known to be valid. */
    static Repository main(String id) {
        return new Repository(id, MAIN);
    }

    /** Returns whether a text is the full name of a commit. */
    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Returns the name of its folder in the cache. */
    String folder() {
        return RepositoryFolder.of(id);
    }

    @Override
    public String toString() {
        return revision.equals(MAIN) ? id : id + "@" + revision;
    }
}
