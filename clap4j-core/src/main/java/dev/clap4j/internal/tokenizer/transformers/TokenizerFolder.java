package dev.clap4j.internal.tokenizer.transformers;

import dev.clap4j.ClapException;
import dev.clap4j.internal.tokenizer.pipeline.AddedToken;
import dev.clap4j.internal.tokenizer.pipeline.AddedTokenFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder with the files of a tokenizer.
 *
 * @param path the folder
 * @param config the settings in its files
 * @param kind the class of the tokenizer
 * @param options the settings of the user
 */
record TokenizerFolder(Path path, TokenizerConfig config, TokenizerClass kind, TransformersOptions options) {
    /** Returns a file. */
    Path file(String name) {
        return path.resolve(name);
    }

    /** Returns whether all of these files are there. */
    boolean has(List<String> files) {
        return !files.isEmpty() && files.stream().allMatch(file -> Files.exists(file(file)));
    }

    /** Returns the spelling of the special token with a role, such as {@code pad_token}; empty if there is none. */
    Optional<String> role(String role) {
        return config.role(role).or(() -> Optional.ofNullable(kind.special().get(role)));
    }

    /**
     * Returns the id of the special token with a role.
     *
     * @throws ClapException if there is no such token
     */
    int id(String role, Map<String, Integer> ids) {
        String token = role(role)
                .orElseThrow(() ->
                        new ClapException("The tokenizer in " + path + " has no " + role + ", which is needed here"));
        Integer id = ids.get(token);
        if (id == null) {
            throw new ClapException(
                    "The " + role + " \"" + token + "\" of the tokenizer in " + path + " is not in its vocabulary");
        }
        return id;
    }

    /**
     * Returns the added tokens that the files name and the special tokens of the class, as far as they have ids.
     *
     * @param normalized tokens that are matched in the normalized text unless a file says otherwise
     */
    List<AddedToken> added(Map<String, Integer> ids, Set<String> normalized) {
        List<AddedToken> added = new ArrayList<>(AddedTokenFiles.read(path, ids, normalized));
        kind.special().keySet().stream().sorted().forEach(role -> {
            String content = role(role).orElseThrow();
            boolean known = added.stream().anyMatch(token -> token.content().equals(content));
            if (!known && ids.containsKey(content)) {
                boolean absorbs = role.equals("mask_token");
                added.add(
                        new AddedToken(content, ids.get(content), false, absorbs, false, normalized.contains(content)));
            }
        });
        return added;
    }
}
