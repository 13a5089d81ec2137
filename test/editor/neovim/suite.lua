-- The tests inside Neovim: each asks through Neovim's own client and looks at what Neovim made of the answer.
local patience = 20000
local text = vim.fn.readfile('order.aiwf.yaml')

local function test(title, run)
  local ok, reason = xpcall(run, debug.traceback)
  io.stdout:write(ok and ('  passed: ' .. title .. '\n') or ('  failed: ' .. title .. '\n' .. tostring(reason) .. '\n'))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, text)
end

local function wait(what, look)
  local found
  assert(vim.wait(patience, function()
    found = look()
    return found ~= nil and found ~= false
  end, 20), 'waited in vain for ' .. what)
  return found
end

local function client()
  return vim.lsp.get_active_clients()[1]
end

-- Stands before `word`, at its nth character, in the line that matches.
local function go(line_pattern, word)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(line_pattern) and line:find(word, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return
    end
  end
  error('no line like ' .. line_pattern)
end

local function request(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, client().offset_encoding), more or {})
  local answers, failure = vim.lsp.buf_request_sync(0, method, params, patience)
  assert(answers, failure)
  local answer = answers[client().id]
  assert(answer and not answer.error, vim.inspect(answer))
  return answer.result
end

local function codes()
  return vim.tbl_map(function(diagnostic)
    return diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp.code)
  end, vim.diagnostic.get(0))
end

local answers = 0
vim.api.nvim_create_autocmd('DiagnosticChanged', {
  callback = function() answers = answers + 1 end,
})

vim.cmd('edit order.aiwf.yaml')

test('the file has its type, and the server attaches', function()
  assert(vim.bo.filetype == 'aiwf', vim.bo.filetype)
  wait('the server', client)
  wait('attached', function() return #vim.lsp.buf_get_clients(0) > 0 end)
end)

test('a workflow without a fault in the language has no such finding', function()
  wait('diagnostics', function() return answers > 0 end)
  for _, code in ipairs(codes()) do assert(not vim.startswith(code, 'language/'), code) end
end)

test('a fault is marked where it stands, and goes when it is mended', function()
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'titel: An order' })
  local found = wait('the finding', function()
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      local code = diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp.code)
      if code == 'language/unknown-key' then return diagnostic end
    end
  end)
  assert(found.lnum == 2 and found.col == 0 and found.end_col == 5, vim.inspect(found))
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'title: An order' })
  wait('no finding', function() return not vim.tbl_contains(codes(), 'language/unknown-key') end)
end)

test('hover tells what a name is, behind letters that are no ASCII as well', function()
  go('by: clerk', 'clerk')
  local hover = request('textDocument/hover')
  assert(hover.contents.value:find('human', 1, true), vim.inspect(hover))
end)

test('the definition is found, here and in a library', function()
  go('by: clerk', 'clerk')
  vim.lsp.buf.definition()
  wait('the definition', function() return vim.api.nvim_win_get_cursor(0)[1] == 7 end)
  go('^accountable', 'boss')
  vim.lsp.buf.definition()
  wait('the library', function() return vim.fn.expand('%:t') == 'people.aiwf.yaml' end)
  assert(vim.api.nvim_win_get_cursor(0)[1] == 4)
  vim.cmd('edit order.aiwf.yaml')
end)

test('completion offers the steps that may follow', function()
  vim.bo.omnifunc = 'v:lua.vim.lsp.omnifunc'
  go('^  work:', 'done')
  local answer = request('textDocument/completion')
  local labels = vim.tbl_map(function(item) return item.label end, answer.items or answer)
  assert(vim.tbl_contains(labels, 'done'), vim.inspect(labels))
  assert(not vim.tbl_contains(labels, 'clerk'), vim.inspect(labels))
end)

test('a quick fix mends a fault', function()
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'titel: An order' })
  wait('the finding', function() return vim.tbl_contains(codes(), 'language/unknown-key') end)
  local line = { start = { line = 2, character = 0 }, ['end'] = { line = 2, character = 5 } }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = line,
    context = { diagnostics = {} },
  }, patience)
  local action = answers[client().id].result[1]
  if action.edit == nil then action = request('codeAction/resolve', action) end
  vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding)
  assert(vim.api.nvim_buf_get_lines(0, 2, 3, false)[1] == 'title: An order')
end)

test('the outline names the steps', function()
  local symbols = vim.inspect(request('textDocument/documentSymbol'))
  assert(symbols:find('"work"', 1, true), symbols)
end)

local capabilities = client().server_capabilities or {}

if capabilities.referencesProvider then
  test('references are found', function()
    go('by: clerk', 'clerk')
    local found = request('textDocument/references', { context = { includeDeclaration = true } })
    assert(#found == 2, vim.inspect(found))
  end)
end

if capabilities.renameProvider then
  test('rename changes every place, in other files too', function()
    go('^accountable', 'boss')
    vim.lsp.buf.rename('chief')
    wait('the new name', function()
      return vim.api.nvim_buf_get_lines(0, 4, 5, false)[1] == 'accountable: chief'
    end)
    local library = vim.api.nvim_buf_get_lines(vim.fn.bufadd('people.aiwf.yaml'), 3, 4, false)[1]
    assert(library:find('chief: {', 1, true), library)
  end)
end

test('the server ends when Neovim tells it to', function()
  vim.lsp.stop_client(client().id)
  wait('the end', function() return #vim.lsp.get_active_clients() == 0 end)
end)

io.stdout:write('suite ended\n')
vim.cmd('qall!')
