-- Neovim 0.11 and later: in init.lua.
vim.filetype.add({ extension = { net = 'netc' } })
vim.lsp.config('netc', {
  cmd = { 'netc', 'lsp' },
  filetypes = { 'netc' },
  root_markers = { 'experiments', '.git' },
})
vim.lsp.enable('netc')
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.bo[event.buf].commentstring = '// %s'
    vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
  end,
})
