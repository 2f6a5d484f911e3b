package dev.clap4j.internal.tokenizer.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.tokenizer.json.JsonFile;
import dev.clap4j.internal.tokenizer.json.JsonPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files with further added tokens that Hugging Face's Transformers stores beside a vocabulary: {@code
 * tokenizer_config.json}, {@code special_tokens_map.json}, and formerly {@code added_tokens.json}.
 */
public final class AddedTokenFiles {
    private static final List<String> ROLES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private final Map<String, AddedToken> found = new LinkedHashMap<>();
    private final Map<String, Integer> ids;
    private final Set<String> normalized;

    private AddedTokenFiles(Map<String, Integer> ids, Set<String> normalized) {
        this.ids = ids;
        this.normalized = normalized;
    }

    /**
     * Reads the added tokens from the files of a folder.
     *
     * @param folder the folder
     * @param ids ids of the known tokens; a special token that is not among them and has no id is ignored
     * @param normalized tokens that are matched in the normalized text unless a file says otherwise
     * @throws ClapException if one of the files is damaged, or gives a token another id than it has
     */
    public static List<AddedToken> read(Path folder, Map<String, Integer> ids, Set<String> normalized) {
        AddedTokenFiles files = new AddedTokenFiles(ids, normalized);
        files.readConfig(folder.resolve("tokenizer_config.json"));
        files.readRoles(folder.resolve("special_tokens_map.json"));
        files.readList(folder.resolve("added_tokens.json"));
        return List.copyOf(files.found.values());
    }

    private void readConfig(Path file) {
        JsonPart root = JsonFile.open(file);
        if (root.has("added_tokens_decoder")) {
            JsonPart decoder = root.part("added_tokens_decoder");
            List<String> keys = new ArrayList<>();
            decoder.node().fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (!key.matches("[0-9]{1,9}")) {
                    throw decoder.refused("\"" + key + "\" is not an id");
                }
                add(decoder.part(key), Integer.parseInt(key));
            }
        }
        readRoles(root);
    }

    private void readRoles(Path file) {
        readRoles(JsonFile.open(file));
    }

    private void readRoles(JsonPart root) {
        for (String role : ROLES) {
            if (root.has(role)) {
                addSpecial(new JsonPart(root.file(), role, root.node().get(role)));
            }
        }
        JsonNode more = root.node().path("additional_special_tokens");
        for (int i = 0; i < more.size(); i++) {
            addSpecial(new JsonPart(root.file(), "additional_special_tokens[" + i + "]", more.path(i)));
        }
    }

    private void addSpecial(JsonPart part) {
        boolean isText = part.node().isTextual();
        String content = isText ? part.node().asText() : part.text("content");
        Integer id = ids.get(content);
        if (id == null || found.containsKey(content) || content.isEmpty()) {
            return;
        }
        if (isText) {
            found.put(content, AddedToken.of(content, id, normalized.contains(content)));
        } else {
            add(part, id);
        }
    }

    private void readList(Path file) {
        JsonPart root = JsonFile.open(file);
        root.node().fieldNames().forEachRemaining(content -> {
            int id = root.number(content);
            requireId(root, content, id);
            found.putIfAbsent(content, AddedToken.of(content, id, true));
        });
    }

    private void add(JsonPart part, int id) {
        AddedToken token = AddedTokenReader.read(part, id);
        requireId(part, token.content(), id);
        found.putIfAbsent(token.content(), token);
    }

    private void requireId(JsonPart part, String content, int id) {
        if (content.isEmpty()) {
            throw part.refused("an added token is empty");
        }
        if (id > TokenIds.MOST) {
            throw part.refused("the token \"" + content + "\" has the impossible id " + id);
        }
        Integer known = ids.get(content);
        if (known != null && known != id) {
            throw part.refused(
                    "the token \"" + content + "\" has the id " + id + " here, but " + known + " in the vocabulary");
        }
    }
}
