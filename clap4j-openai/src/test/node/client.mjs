// Checks OpenAI's client for Node against a running server. Arguments: the base URL, an API key, a PNG file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const [baseURL, apiKey, file] = process.argv.slice(2);
const model = 'tiny-clip';
const base64 = readFileSync(file).toString('base64');
const uri = `data:image/png;base64,${base64}`;
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const create = (body) => client.embeddings.create({ model, ...body });

function near(one, other) {
  assert.equal(one.length, other.length);
  one.forEach((value, i) => assert.ok(Math.abs(value - other[i]) < 1e-5, `place ${i}: ${value} and ${other[i]}`));
}

async function failed(call, kind) {
  const error = await call.then(() => assert.fail('no error'), (e) => e);
  assert.ok(error instanceof kind, `${error}`);
  return error;
}

const checks = {
  async texts() {
    const { data, usage, model: name } = await create({ input: ['a dog', 'a red bicycle'] });
    assert.deepEqual(data.map((row) => row.index), [0, 1]);
    assert.equal(name, model);
    assert.ok(usage.prompt_tokens > 4 && usage.prompt_tokens === usage.total_tokens);
    near([data[0].embedding.reduce((sum, value) => sum + value * value, 0)], [1]);
  },

  // Without a format the client asks for base64 and decodes it.
  async encodings() {
    const [usual, float] = await Promise.all([
      create({ input: 'a dog' }), create({ input: 'a dog', encoding_format: 'float' })]);
    near(usual.data[0].embedding, float.data[0].embedding);
    const { data } = await create({ input: 'a dog', encoding_format: 'base64' });
    near(Array.from(new Float32Array(Uint8Array.from(Buffer.from(data[0].embedding, 'base64')).buffer)),
      float.data[0].embedding);
  },

  async pictures() {
    const forms = [
      { input: [uri], modality: 'image' },
      { input: [{ image: base64 }] },
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: uri } }] }] },
    ];
    const rows = [];
    for (const form of forms) {
      rows.push((await create(form)).data[0].embedding);
    }
    near(rows[0], rows[1]);
    near(rows[0], rows[2]);
  },

  async dimensions() {
    assert.equal((await create({ input: 'a dog', dimensions: 64 })).data[0].embedding.length, 64);
    assert.equal((await failed(create({ input: 'a dog', dimensions: 3 }), OpenAI.BadRequestError)).param, 'dimensions');
  },

  async badRequests() {
    const error = await failed(create({ input: ['a dog', ' '] }), OpenAI.BadRequestError);
    assert.equal(error.status, 400);
    assert.equal(error.param, 'input[1]');
    assert.match(error.message, /The text is empty/);
  },

  async keys() {
    const stranger = new OpenAI({ baseURL, apiKey: 'a key that nobody gave', maxRetries: 0 });
    await failed(stranger.embeddings.create({ model, input: 'a dog' }), OpenAI.AuthenticationError);
  },

  async otherModels() {
    const error = await failed(create({ model: 'gpt', input: 'a dog' }), OpenAI.NotFoundError);
    assert.equal(error.code, 'model_not_found');
  },

  async models() {
    const ids = [];
    for await (const one of client.models.list()) {
      ids.push(one.id);
    }
    assert.deepEqual(ids, ['tiny-clip+clap', model]);
    assert.equal((await client.models.retrieve('tiny-clip+clap')).id, 'tiny-clip+clap');
  },

  // More callers than the server takes at a time: some are sent away, and come back after the time that it names.
  async manyCallers() {
    const headers = [];
    const fetchAndLook = async (...request) => {
      const response = await fetch(...request);
      if (response.status === 429) {
        headers.push(response.headers.get('retry-after'));
      }
      return response;
    };
    const patient = new OpenAI({ baseURL, apiKey, maxRetries: 10, fetch: fetchAndLook });
    const input = Array.from({ length: 64 }, () => ({ image: base64 }));
    const all = await Promise.all(Array.from({ length: 6 }, () => patient.embeddings.create({ model, input })));
    all.forEach(({ data }) => near(data[0].embedding, all[0].data[0].embedding));
    assert.ok(headers.length > 0, 'no caller was sent away');
    assert.ok(headers.every((seconds) => seconds === '1'));
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(`${name}: done`);
}
console.log(`${Object.keys(checks).length} checks hold`);
