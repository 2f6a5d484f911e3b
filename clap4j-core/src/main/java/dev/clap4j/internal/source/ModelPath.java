package dev.clap4j.internal.source;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Finds models by path, or by a name that a {@link ModelSource} knows. */
public final class ModelPath {
    /** {@code owner/name[@revision]} or {@code ARCHITECTURE:TAG}; a path of files begins or ends otherwise. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][\\w.-]*/[\\w.-]+(?:@.+)?|[A-Za-z0-9][\\w.-]+:[\\w.-]+");

    private static final Pattern WEIGHTS = Pattern.compile("(?i).*\\.(?:safetensors|pt|pth|bin|json|ckpt|onnx)");

    private ModelPath() {}

    /**
     * Returns the folder or file of a model, fetching it if necessary.
     *
     * @param text a folder, a file, or a name
     * @throws ClapException if there is neither a file nor a model of that name, or it cannot be fetched
     */
    public static Path find(String text, Progress progress) {
        Optional<Path> path = path(text);
        if (path.filter(Files::exists).isPresent() || !isName(text)) {
            return path.orElseThrow(() -> new ClapException("\"" + text + "\" is neither a path nor a model's name"));
        }
        return source().orElseThrow(() -> new ClapException(
                        Problem.NO_MODEL,
                        "There is no file or folder " + text
                                + "; to download models by name, add the artifact dev.clap4j:clap4j-hub"))
                .find(text, progress);
    }

    /**
     * Returns the folder or file of a model that is on this machine; nothing is fetched.
     *
     * @param text a folder, a file, or a name
     */
    public static Optional<Path> cached(String text) {
        Optional<Path> path = path(text);
        return path.filter(Files::exists).isPresent() || !isName(text)
                ? path
                : source().flatMap(known -> known.cached(text));
    }

    private static Optional<ModelSource> source() {
        return ServiceLoader.load(ModelSource.class, ModelPath.class.getClassLoader())
                .findFirst();
    }

    /** Returns whether a text can be the name of a model that is not a path. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !WEIGHTS.matcher(text).matches();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
