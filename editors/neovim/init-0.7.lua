-- Neovim 0.7 to 0.10: in init.lua.
local client
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  pattern = '*.net',
  callback = function(event)
    vim.bo[event.buf].filetype = 'netc'
    vim.bo[event.buf].commentstring = '// %s'
    client = client or vim.lsp.start_client({
      name = 'netc',
      cmd = { 'netc', 'lsp' },
      root_dir = vim.fn.getcwd(),
      capabilities = vim.lsp.protocol.make_client_capabilities(),
    })
    vim.lsp.buf_attach_client(event.buf, client)
    vim.keymap.set('n', 'K', vim.lsp.buf.hover, { buffer = event.buf })
    vim.keymap.set('n', 'gd', vim.lsp.buf.definition, { buffer = event.buf })
  end,
})
